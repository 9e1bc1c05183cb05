/*
 * The table of report formats, and what they share.
 */
#include "output/report.h"

static const struct report_format formats[] = {
    {"text", report_text, SEVERITY_WARNING},
    {"json", report_json, SEVERITY_INFO},
};

const struct report_format *report_find(struct slice name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (slice_equal(slice_from(formats[i].name), name))
            return &formats[i];
    }
    return NULL;
}

size_t report_count(const struct lint_result *result, enum severity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < result->findings.count; i++)
        count += result->findings.items[i]->severity == severity;
    return count;
}
