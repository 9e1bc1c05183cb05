/*
 * invalid-encoding: bytes that no PostgreSQL text can hold. The source found
 * them when it was read; one finding for each kind says where the first is and
 * how many there are. What can be read is judged all the same.
 */
#include "lint/rule.h"

/* So many bytes of a run are shown. */
#define SHOWN_BYTES_MAX 4

/* What Windows-1252 has at 0x80 to 0x9F, where Latin-1 has control characters;
 * empty: nothing. */
static const char *const windows_1252[32] = {
    "€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š",
    "‹", "Œ", "",  "Ž", "",  "",  "‘", "’", "“", "”", "•",
    "–", "—", "˜", "™", "š", "›", "œ", "",  "ž", "Ÿ",
};

/* The run as Windows-1252, which is what most text that is not UTF-8 is; null
 * if it cannot be. */
static const char *as_windows_1252(struct check *check, struct slice run)
{
    struct buffer buffer;
    buffer_init(&buffer, check->arena);
    for (size_t i = 0; i < run.length && i < SHOWN_BYTES_MAX; i++) {
        unsigned char byte = (unsigned char)run.start[i];
        if (byte < 0x80)
            return NULL;
        if (byte >= 0xA0) {
            buffer_add_char(&buffer, (char)(0xC0 | (byte >> 6)));
            buffer_add_char(&buffer, (char)(0x80 | (byte & 0x3F)));
        } else if (windows_1252[byte - 0x80][0] != '\0') {
            buffer_add_text(&buffer, windows_1252[byte - 0x80]);
        } else {
            return NULL;
        }
    }
    return buffer_text(&buffer);
}

/* `0xe9 0x74`, as the server's own error shows them. */
static const char *as_hexadecimal(struct check *check, struct slice run)
{
    struct buffer buffer;
    buffer_init(&buffer, check->arena);
    for (size_t i = 0; i < run.length && i < SHOWN_BYTES_MAX; i++)
        buffer_add_format(&buffer, "%s0x%02x", i > 0 ? " " : "",
                          (unsigned)(unsigned char)run.start[i]);
    if (run.length > SHOWN_BYTES_MAX)
        buffer_add_text(&buffer, " ...");
    return buffer_text(&buffer);
}

/* The path as an argument in a shell; FILE where it would need quotes. */
static const char *shell_path(const struct source *source)
{
    for (const char *c = source->path; *c != '\0'; c++) {
        bool is_plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                        (*c >= '0' && *c <= '9') || *c == '_' || *c == '.' ||
                        *c == '/' || (*c == '-' && c > source->path);
        if (!is_plain)
            return "FILE";
    }
    return source->path;
}

static const char *conversion_help(struct check *check, const char *encoding)
{
    const char *path = shell_path(check->source);
    return check_format(check,
                        "iconv -f %s -t UTF-8 %s > %s.utf8 && mv %s.utf8 %s",
                        encoding, path, path, path, path);
}

/* The file has characters above ASCII that are good UTF-8. */
static bool has_good_utf8(const struct source *source, size_t bad_bytes)
{
    size_t count = 0;
    for (size_t i = source->body; i < source->text.length; i++)
        count += (unsigned char)source->text.start[i] >= 0x80;
    return count > bad_bytes;
}

/* `, and 3 more places have such`; "" for none. */
static const char *others_text(struct check *check, size_t count)
{
    if (count == 0)
        return "";
    return check_format(check, "; %zu more place%s of this file %s the same",
                        count, count == 1 ? "" : "s",
                        count == 1 ? "has" : "have");
}

static void report_invalid_utf8(struct check *check,
                                const struct source_defect *first,
                                size_t others, size_t bad_bytes)
{
    struct slice run = slice_part(check->source->text, first->offset,
                                  first->offset + first->length);
    const char *text = as_windows_1252(check, run);
    const char *help = NULL;
    if (first->offset + first->length == check->source->text.length)
        help = "the file ends within a character: was it cut off?";
    else if (text != NULL && has_good_utf8(check->source, bad_bytes))
        help = check_format(check,
                            "in Windows-1252 this is \"%s\"; the rest of the "
                            "file is UTF-8, so write it anew as UTF-8",
                            text);
    else if (text != NULL)
        help = check_format(
            check,
            "in Windows-1252 this is \"%s\"; if the file is in that encoding, "
            "convert it:\n%s",
            text, conversion_help(check, "WINDOWS-1252"));
    else
        help = "save the file as UTF-8";
    check_report(check, (struct span){first->offset, first->length}, NULL,
                 check_format(check,
                              "PostgreSQL refuses this text, because %s %s "
                              "not UTF-8 (%s)%s",
                              run.length == 1 ? "a byte of it" : "bytes of it",
                              run.length == 1 ? "is" : "are",
                              as_hexadecimal(check, run),
                              others_text(check, others)),
                 help);
}

static void report_nul(struct check *check, const struct source_defect *first,
                       size_t others)
{
    check_report(
        check, (struct span){first->offset, first->length}, NULL,
        check_format(check,
                     "a NUL byte ends the text for PostgreSQL: what follows "
                     "it is lost or refused%s",
                     others_text(check, others)),
        "remove it; if the file should be binary data, keep that out of SQL");
}

static void report_utf16(struct check *check,
                         const struct source_defect *defect)
{
    /* By its mark iconv knows the order of bytes, and takes the mark away. */
    const char *encoding = "UTF-16";
    if (source_position(check->source, 0).file_offset == 0)
        encoding = defect->kind == SOURCE_UTF16_LITTLE_ENDIAN ? "UTF-16LE"
                                                              : "UTF-16BE";
    check_report(
        check, (struct span){0, 0}, NULL,
        "the file is UTF-16, and PostgreSQL refuses it: invalid byte sequence "
        "for encoding \"UTF8\"",
        check_format(check,
                     "convert it (Windows' editors and PowerShell's > write "
                     "such files):\n%s",
                     conversion_help(check, encoding)));
}

static void check_source(struct check *check)
{
    const struct source_defect_array *defects = &check->source->defects;
    const struct source_defect *nul = NULL;
    const struct source_defect *invalid = NULL;
    size_t nul_count = 0;
    size_t invalid_count = 0;
    size_t bad_bytes = 0;
    for (size_t i = 0; i < defects->count; i++) {
        const struct source_defect *defect = &defects->items[i];
        switch (defect->kind) {
        case SOURCE_NUL_BYTE: nul = nul_count++ == 0 ? defect : nul; break;
        case SOURCE_INVALID_UTF8:
            invalid = invalid_count++ == 0 ? defect : invalid;
            bad_bytes += defect->length;
            break;
        case SOURCE_UTF16_LITTLE_ENDIAN:
        case SOURCE_UTF16_BIG_ENDIAN: report_utf16(check, defect); return;
        }
    }
    if (nul != NULL)
        report_nul(check, nul, nul_count - 1);
    if (invalid != NULL)
        report_invalid_utf8(check, invalid, invalid_count - 1, bad_bytes);
}

const struct rule rule_invalid_encoding = {
    .id = "invalid-encoding",
    .family = FAMILY_MIGRATION,
    .severity = SEVERITY_ERROR,
    .summary = "The file has bytes that PostgreSQL refuses",
    .rationale =
        "Migration tools send a file's bytes as they are and say that they "
        "are UTF-8. The server checks that for the whole statement, comments "
        "included, and refuses it otherwise: `invalid byte sequence for "
        "encoding \"UTF8\": 0xe9`. Where the database's encoding is SQL_ASCII "
        "or the client says LATIN1, it is stored, and read as something else "
        "later.\n\n"
        "A NUL byte cannot be in any text: psql drops the rest of the line, "
        "other tools the rest of the statement. UTF-16 files come from "
        "editors on Windows and from PowerShell's redirection.\n\n"
        "pgsquint judges what it can read of such a file all the same. A "
        "UTF-8 byte order mark is no problem.",
    .ignore_when = "Never: the server refuses such bytes.",
    .bad = "SELECT 'caf\xe9';",
    .good = "SELECT 'caf\xc3\xa9';",
    .claim = CLAIM_REFUSED,
    .claim_text = "invalid byte sequence for encoding \"UTF8\"",
    .directions = RULE_UP_DOWN,
    .check_source = check_source,
};
