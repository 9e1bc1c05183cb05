DROP DATABASE shop;
drop database if exists "Shop" with (force);
