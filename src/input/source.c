/*
 * Reads files and knows where their lines are. What discovery found comes in;
 * the splitter reads the text, and every finding asks here for its place.
 *
 * Places are counted only when the first one is asked for: most files have no
 * finding. A column is the number of characters since the line began, and a
 * line can be 50 MB long, so characters are counted once for each block of the
 * text, and then at most one block for each place.
 */
#include "input/source.h"

#include "input/encoding.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE ((size_t)4096)

/* Larger texts are not read into an arena, and only empty ones where reading
 * past the end of a text is to be noticed. */
#ifdef __SANITIZE_ADDRESS__
#define SMALL_SIZE_MAX ((size_t)0)
#else
#define SMALL_SIZE_MAX ((size_t)64 << 10)
#endif

/* Line starts are kept in 32 bits. */
#define FILE_SIZE_MAX ((uint64_t)INT32_MAX)

struct source_memory {
    struct arena arena;   /* all but this struct and the bytes behind it */
    bool is_borrowed;     /* this struct and those bytes are another arena's */
    struct slice bytes;   /* the file's, zero-terminated */
    struct slice shown;   /* the text before edits; null start: no edits */
    size_t mark_size;     /* bytes of its byte order mark */
    bool is_utf16;        /* then the judged text is a translation */
    bool is_ascii;        /* a byte is a character */
    bool is_indexed;      /* what follows is filled */
    size_t line_count;    /* at least 1 */
    uint32_t *lines;      /* where each line starts; null for a single line */
    uint32_t *characters; /* before each block; null if is_ascii */
    uint32_t *pairs;      /* of those, above U+FFFF; null if is_ascii */
};

struct source source_of_path(const char *path)
{
    return (struct source){.path = path};
}

/* With room for this many bytes and a zero behind the struct; in the arena if
 * there is one. */
static struct source_memory *memory_new(struct arena *arena, size_t size)
{
    bool is_borrowed = arena != NULL;
    struct source_memory *memory;
    char *bytes;

    if (is_borrowed)
        memory = arena_alloc(arena, sizeof *memory + size + 1);
    else
        memory = malloc(sizeof *memory + size + 1);
    if (!memory)
        arena_exhausted();
    *memory = (struct source_memory){.is_borrowed = is_borrowed};
    bytes = (char *)(memory + 1);
    bytes[size] = '\0';
    memory->bytes = (struct slice){bytes, size};
    return memory;
}

static void memory_free(struct source_memory *memory)
{
    arena_release(&memory->arena);
    if (!memory->is_borrowed)
        free(memory);
}

/* The text as the file has it is kept beside it. */
static void apply_edits(struct source *source)
{
    struct slice text = source->text;
    char *bytes;

    if (source->edits.count == 0 || text.length == 0)
        return;
    source->memory->shown = text;
    bytes = arena_alloc(&source->memory->arena, text.length + 1);
    memcpy(bytes, text.start, text.length);
    for (size_t i = 0; i < source->edits.count; i++) {
        const struct source_edit *edit = &source->edits.items[i];

        /* The file may have shrunk since. */
        for (size_t at = edit->offset;
             at < text.length && at < edit->offset + edit->length; at++) {
            if (bytes[at] != '\n' && bytes[at] != '\r')
                bytes[at] = at == edit->offset ? edit->first : ' ';
        }
    }
    source->text.start = bytes;
}

void source_edit(struct source *source, struct source_edit_array edits)
{
    source->edits = edits;
    apply_edits(source);
}

void source_forget_edits(struct source *source)
{
    source->edits = (struct source_edit_array){0};
}

struct slice source_shown(const struct source *source, struct slice part)
{
    size_t offset = (size_t)(part.start - source->text.start);

    if (!source->memory || !source->memory->shown.start)
        return part;
    return slice_part(source->memory->shown, offset, offset + part.length);
}

/* Makes memory's bytes the source's text. */
static void read_bytes(struct source *source, struct source_memory *memory)
{
    enum encoding encoding = encoding_of(memory->bytes, &memory->mark_size);
    struct arena *arena = &memory->arena;
    struct slice content =
        slice_part(memory->bytes, memory->mark_size, memory->bytes.length);

    source->memory = memory;
    source->defects = (struct source_defect_array){0};
    source->is_loaded = true;
    if (encoding == ENCODING_UTF8) {
        source->text = memory->bytes;
        source->body = memory->mark_size;
        encoding_find_defects(arena, source->text, &source->defects,
                              &memory->is_ascii);
        return;
    }
    memory->is_utf16 = true;
    source->text = encoding_from_utf16(arena, content, encoding);
    source->body = 0;
    *array_push(arena, &source->defects) = (struct source_defect){
        .kind = encoding == ENCODING_UTF16_LITTLE_ENDIAN
                    ? SOURCE_UTF16_LITTLE_ENDIAN
                    : SOURCE_UTF16_BIG_ENDIAN,
        .length = source->text.length,
    };
}

static void take_bytes(struct source *source, struct source_memory *memory)
{
    read_bytes(source, memory);
    apply_edits(source);
}

/* What a path is that cannot be read as a file; null for a regular file. */
static const char *irregular_kind(mode_t mode)
{
    if (S_ISREG(mode))
        return NULL;
    if (S_ISDIR(mode))
        return "it is a folder";
    if (S_ISFIFO(mode))
        return "it is a named pipe, not a file";
    if (S_ISSOCK(mode))
        return "it is a socket, not a file";
    return "it is a device, not a file";
}

static bool read_all(int file, char *to, size_t size, const char *path,
                     struct error *error)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = read(file, to + done, size - done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(error, "cannot read \"%s\": %s", path,
                             strerror(errno));
        if (got == 0)
            return error_set(
                error, "cannot read \"%s\": it shrank while it was read", path);
        done += (size_t)got;
    }
    return true;
}

static bool read_file(struct source *source, struct arena *arena, int file,
                      struct error *error)
{
    const char *path = source->path, *irregular;
    struct source_memory *memory;
    struct stat status;

    if (fstat(file, &status) != 0)
        return error_set(error, "cannot read \"%s\": %s", path,
                         strerror(errno));
    irregular = irregular_kind(status.st_mode);
    if (irregular)
        return error_set(error, "cannot read \"%s\": %s", path, irregular);
    if ((uint64_t)status.st_size > FILE_SIZE_MAX)
        return error_set(error, "cannot read \"%s\": it is larger than 2 GB",
                         path);
    if (arena && (size_t)status.st_size > SMALL_SIZE_MAX)
        return error_set(error, "\"%s\" is large", path);
    memory = memory_new(arena, (size_t)status.st_size);
    if (!read_all(file, (char *)(memory + 1), memory->bytes.length, path,
                  error)) {
        memory_free(memory);
        return false;
    }
    take_bytes(source, memory);
    return true;
}

/* arena: for small files alone; null: any. */
static bool load(struct source *source, struct arena *arena,
                 struct error *error)
{
    bool is_read;
    int file;

    if (source->is_loaded)
        return true;
    /* Opening a FIFO without O_NONBLOCK would wait for a writer. */
    file = open(source->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return error_set(error, "cannot read \"%s\": %s", source->path,
                         strerror(errno));
    is_read = read_file(source, arena, file, error);
    close(file);
    return is_read;
}

bool source_load(struct source *source, struct error *error)
{
    return load(source, NULL, error);
}

bool source_load_small(struct source *source, struct arena *arena)
{
    struct error ignored;

    return load(source, arena, &ignored);
}

void source_load_text(struct source *source, struct slice text)
{
    struct source_memory *memory = memory_new(NULL, text.length);

    if (text.length)
        memcpy(memory + 1, text.start, text.length);
    source_unload(source);
    source->edits = (struct source_edit_array){0};
    take_bytes(source, memory);
}

void source_unload(struct source *source)
{
    if (source->memory)
        memory_free(source->memory);
    *source = (struct source){.path = source->path, .edits = source->edits};
}

/* Where the line ends that begins at `from`: at its \n, \r\n or \r, or at the
 * end of the text. */
static size_t line_end(struct slice text, size_t from, bool has_carriage_return)
{
    const char *feed;

    if (!has_carriage_return) {
        feed = memchr(text.start + from, '\n', text.length - from);
        return feed ? (size_t)(feed - text.start) : text.length;
    }
    while (from < text.length && text.start[from] != '\n' &&
           text.start[from] != '\r')
        from++;
    return from;
}

/* Where the line after the line end at `end` begins. */
static size_t line_after(struct slice text, size_t end)
{
    if (text.start[end] == '\r' && end + 1 < text.length &&
        text.start[end + 1] == '\n')
        return end + 2;
    return end + 1;
}

static void index_lines(struct source_memory *memory, struct slice text)
{
    bool has_carriage_return;
    size_t end, count = 1;

    memory->line_count = 1;
    if (text.length == 0)
        return;
    has_carriage_return = memchr(text.start, '\r', text.length) != NULL;
    for (end = line_end(text, 0, has_carriage_return); end < text.length;
         count++)
        end = line_end(text, line_after(text, end), has_carriage_return);
    memory->line_count = count;
    memory->lines = arena_alloc(&memory->arena, count * sizeof *memory->lines);
    end = line_end(text, 0, has_carriage_return);
    for (size_t line = 1; line < count; line++) {
        memory->lines[line] = (uint32_t)line_after(text, end);
        end = line_end(text, memory->lines[line], has_carriage_return);
    }
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The first defect that ends after this offset. */
static size_t defect_after(const struct source *source, size_t offset)
{
    size_t low = 0, high = source->defects.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct source_defect *defect = &source->defects.items[middle];

        if (defect->offset + defect->length <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Characters of the bytes [from, to): a well-formed sequence counts where it
 * begins, an invalid byte always. */
static size_t count_characters(const struct source *source, size_t from,
                               size_t to)
{
    const struct source_defect *defect, *end;
    size_t count = 0;

    for (size_t at = from; at < to; at++)
        count += !is_continuation(source->text.start[at]);
    if (!source->defects.count)
        return count;
    end = source->defects.items + source->defects.count;
    defect = source->defects.items + defect_after(source, from);
    for (; defect < end && defect->offset < to; defect++) {
        size_t at = defect->offset > from ? defect->offset : from;
        size_t last = defect->offset + defect->length;

        if (defect->kind != SOURCE_INVALID_UTF8)
            continue;
        for (; at < last && at < to; at++)
            count += is_continuation(source->text.start[at]);
    }
    return count;
}

/* Characters above U+FFFF in the bytes [from, to). */
static size_t count_pairs(const struct source *source, size_t from, size_t to)
{
    size_t count = 0;

    for (size_t at = from; at < to; at++)
        count += (unsigned char)source->text.start[at] >= 0xF0;
    return count;
}

static void index_characters(struct source *source)
{
    struct source_memory *memory = source->memory;
    size_t blocks = source->text.length / BLOCK_SIZE + 1;
    uint32_t *characters, *pairs;

    characters = arena_alloc(&memory->arena, blocks * sizeof *characters);
    pairs = arena_alloc(&memory->arena, blocks * sizeof *pairs);
    for (size_t block = 1; block < blocks; block++) {
        size_t from = (block - 1) * BLOCK_SIZE, to = from + BLOCK_SIZE;

        characters[block] = characters[block - 1] +
                            (uint32_t)count_characters(source, from, to);
        pairs[block] =
            pairs[block - 1] + (uint32_t)count_pairs(source, from, to);
    }
    memory->characters = characters;
    memory->pairs = pairs;
}

static void make_index(struct source *source)
{
    struct source_memory *memory = source->memory;

    if (memory->is_indexed)
        return;
    index_lines(memory, source->text);
    if (!memory->is_ascii)
        index_characters(source);
    memory->is_indexed = true;
}

static size_t characters_before(const struct source *source, size_t offset)
{
    const struct source_memory *memory = source->memory;
    size_t block = offset / BLOCK_SIZE;

    if (memory->is_ascii)
        return offset;
    return memory->characters[block] +
           count_characters(source, block * BLOCK_SIZE, offset);
}

/* An offset of a translated text, in bytes of the UTF-16 file. */
static size_t utf16_offset(const struct source *source, size_t offset)
{
    const struct source_memory *memory = source->memory;
    size_t block = offset / BLOCK_SIZE, units, file_offset;

    units = characters_before(source, offset) + memory->pairs[block] +
            count_pairs(source, block * BLOCK_SIZE, offset);
    file_offset = memory->mark_size + units * 2;
    return file_offset < memory->bytes.length ? file_offset
                                              : memory->bytes.length;
}

static size_t line_at(const struct source_memory *memory, size_t offset)
{
    size_t low = 0, high = memory->line_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (memory->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t line_start(const struct source_memory *memory, size_t index)
{
    return index ? memory->lines[index] : 0;
}

struct position source_position(struct source *source, size_t offset)
{
    struct position position = {.line = 1, .column = 1};
    size_t line, start;

    if (!source->is_loaded)
        return position;
    make_index(source);
    if (offset > source->text.length)
        offset = source->text.length;
    line = line_at(source->memory, offset);
    start = line_start(source->memory, line);
    if (line == 0)
        start = offset < source->body ? offset : source->body;
    position.line = line + 1;
    position.column +=
        characters_before(source, offset) - characters_before(source, start);
    position.file_offset =
        source->memory->is_utf16 ? utf16_offset(source, offset) : offset;
    return position;
}

struct slice source_line(struct source *source, size_t line)
{
    size_t start, end;

    if (!source->is_loaded)
        return (struct slice){0};
    make_index(source);
    if (line < 1 || line > source->memory->line_count)
        return (struct slice){0};
    start = line_start(source->memory, line - 1);
    end = source->text.length;
    if (line < source->memory->line_count) {
        end = line_start(source->memory, line) - 1;
        if (end > start && source->text.start[end] == '\n' &&
            source->text.start[end - 1] == '\r')
            end--;
    }
    if (line == 1 && start < source->body)
        start = source->body;
    return slice_part(source->text, start, end);
}
