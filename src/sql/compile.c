/*
 * Runs PL/pgSQL's compiler on a body, as plpgsql_compile_inline() and its like do
 * it, with the parameters and the kind of function that the statement says.
 * Stands below routine.c.
 *
 * Types are not looked up (libpg_query has no catalogs): whether a variable is a
 * record is told from whether the body names fields of it. The syntax of the
 * queries need not be checked here: they are parsed one by one later.
 *
 * Facts: do_compile() and plpgsql_compile_inline() in
 * src/pl/plpgsql/src/pl_comp.c.
 */
#include "sql/compile.h"

#include "sql/lexer.h"
#include "sql/names.h"

#include "catalog/pg_proc_d.h"

#include <string.h>

const char *compile_type_name(const TypeName *type)
{
    const char *name =
        type && type->names ? name_from_string(llast(type->names)) : NULL;

    return name ? name : "";
}

static bool is_type(const TypeName *type, const char *name)
{
    return strcmp(compile_type_name(type), name) == 0;
}

/* Whether the body names a field of it: `name.`. */
static bool has_fields(const char *source, const char *name)
{
    struct slice text = slice_from(source);
    struct lexer lexer = lexer_of(text);
    struct token token = lexer_next_significant(&lexer);

    while (token.kind != TOKEN_END) {
        struct token next = lexer_next_significant(&lexer);

        if (token_is(text, next, ".") && token_is_name(text, token, name))
            return true;
        token = next;
    }
    return false;
}

static PLpgSQL_variable *add_scalar(const char *name)
{
    return plpgsql_build_variable(
        name, 0, plpgsql_build_datatype(INT4OID, -1, InvalidOid, NULL), true);
}

static PLpgSQL_variable *add_record(const char *name)
{
    return (PLpgSQL_variable *)plpgsql_build_record(name, 0, NULL, RECORDOID,
                                                    true);
}

/* $1 and the name mean the same. */
static void add_parameter(const struct compile_request *request,
                          const FunctionParameter *parameter, int number)
{
    PLpgSQL_function *function = plpgsql_curr_compile;
    char sign[32];
    PLpgSQL_variable *variable;
    bool is_record;

    snprintf(sign, sizeof sign, "$%d", number);
    is_record =
        is_type(parameter->argType, "record") ||
        (parameter->name && has_fields(request->source, parameter->name));
    variable = is_record ? add_record(sign) : add_scalar(sign);
    if (parameter->name && parameter->name[0] != '\0')
        plpgsql_ns_additem(is_record ? PLPGSQL_NSTYPE_REC : PLPGSQL_NSTYPE_VAR,
                           variable->dno, parameter->name);
    if (parameter->mode == FUNC_PARAM_OUT ||
        parameter->mode == FUNC_PARAM_INOUT ||
        parameter->mode == FUNC_PARAM_TABLE)
        function->out_param_varno = variable->dno;
    if (parameter->mode == FUNC_PARAM_TABLE)
        function->fn_retset = true;
}

static void add_all(const char *const *names)
{
    for (; *names; names++)
        add_scalar(*names);
}

/* What it returns, as far as RETURN depends on it, and what a trigger sees. */
static void set_result(const CreateFunctionStmt *create)
{
    static const char *const trigger[] = {
        "tg_name",         "tg_when",  "tg_level",
        "tg_op",           "tg_relid", "tg_table_name",
        "tg_table_schema", "tg_nargs", "tg_argv",
        "tg_relname",      NULL};
    static const char *const event[] = {"tg_event", "tg_tag", NULL};
    PLpgSQL_function *function = plpgsql_curr_compile;
    const TypeName *type = create->returnType;

    function->fn_prokind =
        create->is_procedure ? PROKIND_PROCEDURE : PROKIND_FUNCTION;
    function->fn_rettype =
        create->is_procedure || !type || is_type(type, "void") ? VOIDOID
                                                               : INT4OID;
    if (type && type->setof)
        function->fn_retset = true;
    if (!type)
        return;
    if (is_type(type, "trigger")) {
        function->fn_is_trigger = PLPGSQL_DML_TRIGGER;
        function->fn_retistuple = true;
        function->new_varno = add_record("new")->dno;
        function->old_varno = add_record("old")->dno;
        add_all(trigger);
    } else if (is_type(type, "event_trigger")) {
        function->fn_is_trigger = PLPGSQL_EVENT_TRIGGER;
        function->fn_rettype = VOIDOID;
        add_all(event);
    }
}

static const char *function_name(const CreateFunctionStmt *create)
{
    const char *name =
        create->funcname ? name_from_string(llast(create->funcname)) : NULL;

    return name ? name : "inline_code_block";
}

static void set_up(const struct compile_request *request)
{
    const CreateFunctionStmt *create =
        node_as(CreateFunctionStmt, request->node);
    PLpgSQL_function *function = plpgsql_curr_compile;
    int number = 0;

    function->fn_is_trigger = PLPGSQL_NOT_TRIGGER;
    function->fn_cxt = request->context;
    function->out_param_varno = -1;
    function->fn_prokind = PROKIND_PROCEDURE;
    function->fn_rettype = VOIDOID;
    function->resolve_option = PLPGSQL_RESOLVE_ERROR;
    plpgsql_ns_init();
    plpgsql_ns_push(create ? function_name(create) : "inline_code_block",
                    PLPGSQL_LABEL_BLOCK);
    plpgsql_start_datums();
    if (create) {
        function->fn_signature = pstrdup(function_name(create));
        foreach_node (FunctionParameter, parameter, create->parameters)
            add_parameter(request, parameter, ++number);
        set_result(create);
    } else {
        function->fn_signature = pstrdup("inline_code_block");
    }
    function->found_varno = add_scalar("found")->dno;
}

/* May leave by way of PG_CATCH. */
static void compile(struct compile_request *request)
{
    PLpgSQL_stmt_block *block = NULL;
    yyscan_t scanner = plpgsql_scanner_init(request->source);

    plpgsql_compile_tmp_cxt = request->context;
    plpgsql_check_syntax = request->checks_queries;
    plpgsql_DumpExecTree = false;
    plpgsql_error_funcname = NULL;
    plpgsql_curr_compile = palloc0(sizeof *plpgsql_curr_compile);
    set_up(request);
    if (plpgsql_yyparse(&block, scanner) == 0)
        request->block = block;
    plpgsql_scanner_finish(scanner);
    request->datums = plpgsql_Datums;
    request->datum_count = plpgsql_nDatums;
    request->prefers_variables =
        plpgsql_curr_compile->resolve_option == PLPGSQL_RESOLVE_VARIABLE;
    request->prefers_columns =
        plpgsql_curr_compile->resolve_option == PLPGSQL_RESOLVE_COLUMN;
}

bool compile_body(struct compile_request *request)
{
    MemoryContext before = CurrentMemoryContext;

    request->block = NULL;
    request->message = "";
    request->position = 0;
    MemoryContextSwitchTo(request->context);
    PG_TRY();
    {
        compile(request);
    }
    PG_CATCH();
    {
        const ErrorData *error;

        MemoryContextSwitchTo(request->context);
        error = CopyErrorData();
        request->block = NULL;
        request->message = error->message ? error->message : "";
        request->position =
            error->internalpos > 0 ? error->internalpos : error->cursorpos;
        FlushErrorState();
    }
    PG_END_TRY();
    plpgsql_check_syntax = false;
    plpgsql_curr_compile = NULL;
    plpgsql_compile_tmp_cxt = NULL;
    MemoryContextSwitchTo(before);
    return request->block != NULL;
}
