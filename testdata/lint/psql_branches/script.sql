\if false
DROP TABLE left_out;
no SQL at all;
\if true
DROP TABLE left_out_inside;
\endif
\elif :known
DROP TABLE judged_1;
\else
DROP TABLE judged_2;
\endif
\if yes
DROP TABLE judged_3;
\elif true
DROP TABLE left_out;
\else
DROP TABLE left_out;
\endif
\if :{?x}
DROP TABLE judged_4;
\else
DROP TABLE judged_5;
\endif
\if OFF
\i left_out.sql
\else
DROP TABLE judged_6;
\endif
\endif
DROP TABLE judged_7;
