/*
 * Report formats: one file each. A report is a pure function of the result.
 */
#ifndef OUTPUT_REPORT_H
#define OUTPUT_REPORT_H

#include "base/buffer.h"
#include "lint/run.h"

struct report_settings {
    int postgres_version;
    enum severity level; /* what is below is not listed, but counted */
    bool use_color;
};

/* Appends the whole report. */
typedef void report_write(struct buffer *buffer,
                          const struct report_settings *settings,
                          const struct lint_result *result);

report_write report_text;
report_write report_json;

struct report_format {
    const char *name;
    report_write *write;
    enum severity level; /* by default */
};

/* Null if there is no such format. */
const struct report_format *report_find(struct slice name);

/* How many findings have this severity. */
size_t report_count(const struct lint_result *result, enum severity severity);

#endif
