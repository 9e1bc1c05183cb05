/*
 * Texts of JSON, dates and times. JSON is read in full; of dates only what is
 * the same under all settings: texts without any digits, and the ISO format.
 *
 * Facts: src/common/jsonapi.c, src/backend/utils/adt/datetime.c
 * (DecodeDateTime, ValidateDate), src/timezone/tznames/Default.
 */
#include "query/literal_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Deeper ones are believed. */
#define DEPTH_MAX 500

static const char *skip_space(const char *text)
{
    return text + strspn(text, " \t\n\r");
}

/* What follows the string that begins here; null if it is none. */
static const char *skip_string(const char *text)
{
    if (*text++ != '"')
        return NULL;
    for (; *text != '"'; text++) {
        if ((unsigned char)*text < ' ')
            return NULL;
        if (*text != '\\')
            continue;
        text++;
        if (*text == '\0' || !strchr("\"\\/bfnrtu", *text))
            return NULL;
        for (int i = 1; *text == 'u' && i <= 4; i++) {
            if (!isxdigit((unsigned char)text[i]))
                return NULL;
        }
    }
    return text + 1;
}

static const char *skip_digits(const char *text)
{
    return isdigit((unsigned char)*text) ? text + strspn(text, "0123456789")
                                         : NULL;
}

static const char *skip_number(const char *text)
{
    text += *text == '-';
    text = *text == '0' ? text + 1 : skip_digits(text);
    if (text && *text == '.')
        text = skip_digits(text + 1);
    if (text && (*text == 'e' || *text == 'E')) {
        text++;
        text += *text == '-' || *text == '+';
        text = skip_digits(text);
    }
    return text;
}

static const char *skip_scalar(const char *text)
{
    static const char *const words[] = {"true", "false", "null"};

    if (*text == '"')
        return skip_string(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return text + strlen(words[i]);
    }
    return skip_number(text);
}

/* `"key":` */
static const char *skip_key(const char *text)
{
    text = skip_string(skip_space(text));
    if (!text)
        return NULL;
    text = skip_space(text);
    return *text == ':' ? skip_space(text + 1) : NULL;
}

/* What is open, the innermost last. */
struct nesting {
    char closing[DEPTH_MAX];
    int depth;
};

/* After a value: what closes, and the comma before the next value. Null if that
 * is no JSON, the text's end if it is all. */
static const char *leave_value(struct nesting *nesting, const char *text)
{
    for (;;) {
        text = skip_space(text);
        if (nesting->depth == 0)
            return *text == '\0' ? text : NULL;
        if (*text != nesting->closing[nesting->depth - 1])
            break;
        nesting->depth--;
        text++;
    }
    if (*text != ',')
        return NULL;
    return nesting->closing[nesting->depth - 1] == '}' ? skip_key(text + 1)
                                                       : skip_space(text + 1);
}

bool literal_may_be_json(const char *text)
{
    struct nesting nesting = {.depth = 0};

    text = skip_space(text);
    do {
        if (*text != '{' && *text != '[') {
            text = skip_scalar(text);
        } else {
            char closing = *text == '{' ? '}' : ']';

            if (nesting.depth == DEPTH_MAX)
                return true;
            nesting.closing[nesting.depth++] = closing;
            text = skip_space(text + 1);
            if (*text != closing) {
                if (closing == '}')
                    text = skip_key(text);
                if (!text)
                    return false;
                continue;
            }
        }
        if (text)
            text = leave_value(&nesting, text);
    } while (text && *text);
    return text && nesting.depth == 0;
}

/* All that a date without digits may be made of, also what earlier servers took
 * or other settings bring. */
static const char moment_words[] =
    " acdt acsst acst act acwst ad adt aedt aesst aest aft akdt akst allballs "
    "almst almt am amst amt anast anat apr april arst art ast at aug august "
    "awsst awst azost azot azst azt bc bdst bdt bnt bort bot bra brst brt bst "
    "btt cadt cast cct cdt cest cet cetdst chadt chast chut ckt clst clt cot "
    "cst cuba current cxt d davt day ddut dec december dow doy dst easst east "
    "eat edt eest eet eetdst egst egt egypt eire epoch est factory feb february "
    "fet fjst fjt fkst fkt fnst fnt fri friday galt gamt gb gest get gft gilt "
    "gmt greenwich gyt h hkt hongkong hour hst iceland ict idt infinity invalid "
    "iot iran irkst irkt irt isodow isoyear israel ist j jamaica jan january "
    "japan jayt jd jst jul julian july jun june kdt kgst kgt kost krast krat "
    "kst kwajalein lhdt lhst libya ligt lint lkt localtime m magst magt mar "
    "march mart mawt may mdt mest mesz met metdst mez mht min mm mmt mon monday "
    "month mpt msd msk mst must mut mvt myt nan navajo ndt nft nov november "
    "novst novt now npt nst nut nz nzdt nzst nzt oct october omsst omst on pdt "
    "pet petst pett pgt pht pkst pkt pm pmdt pmst poland pont portugal "
    "posixrules prc pst pwt pyst pyt ret roc rok s sadt sast sat saturday sct "
    "sec sep sept september sgt singapore sun sunday t taht tft thu thur thurs "
    "thursday time timezone tjt tkt tmt today tomorrow tot trut tue tues "
    "tuesday turkey tvt tz uct ulast ulat undefined universal ut utc uyst uyt "
    "uzst uzt vet vlast vlat volt vut w wadt wakt wast wat wdt wed wednesday "
    "weds wet wetdst wft wgst wgt xjt y yakst yakt yapt year yekst yekt "
    "yesterday z zone zulu ";

static bool is_moment_word(const char *word, size_t length)
{
    for (const char *at = moment_words + 1; *at; at += strcspn(at, " ") + 1) {
        if (strcspn(at, " ") == length && strncasecmp(at, word, length) == 0)
            return true;
    }
    return false;
}

/* Letters and spaces alone, and one of the words is none; or nothing. */
static bool is_no_moment(const char *text)
{
    bool has_unknown = false, has_word = false;

    for (; *text; text++) {
        size_t length = 0;

        while (isalpha((unsigned char)text[length]))
            length++;
        if (length == 0 && !isspace((unsigned char)*text))
            return false;
        if (length == 0)
            continue;
        has_word = true;
        if (!is_moment_word(text, length))
            has_unknown = true;
        text += length - 1;
    }
    return has_unknown || !has_word;
}

/* So many digits as a number; -1 if they are not there. */
static int read_digits(const char **text, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)**text))
            return -1;
        number = number * 10 + (*(*text)++ - '0');
    }
    return number;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && is_leap);
}

/* YYYY-MM-DD, and after a space or T perhaps hh:mm or hh:mm:ss. */
static bool is_out_of_range(const char *text)
{
    int year = read_digits(&text, 4), month, day, hour, minute, second = 0;

    if (year <= 0 || *text++ != '-')
        return false;
    month = read_digits(&text, 2);
    if (month < 0 || *text++ != '-')
        return false;
    day = read_digits(&text, 2);
    if (day < 0 || (*text != '\0' && *text != ' ' && *text != 'T'))
        return false;
    if (*text != '\0') {
        text++;
        hour = read_digits(&text, 2);
        if (hour < 0 || *text++ != ':')
            return false;
        minute = read_digits(&text, 2);
        if (minute >= 0 && *text == ':') {
            text++;
            second = read_digits(&text, 2);
        }
        if (minute < 0 || second < 0 || *text != '\0')
            return false;
        if (hour > 24 || minute > 59 || second > 60)
            return true;
    }
    return month == 0 || month > 12 || day == 0 || day > days_of(year, month);
}

enum literal_moment literal_read_moment(const char *text)
{
    if (is_no_moment(text))
        return LITERAL_MOMENT_INVALID;
    return is_out_of_range(text) ? LITERAL_MOMENT_OUT_OF_RANGE
                                 : LITERAL_MOMENT_TAKEN;
}
