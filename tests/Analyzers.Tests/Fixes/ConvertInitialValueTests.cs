namespace ContextAnalyzers.Tests.Fixes;

/// <summary>What the state starts with becomes the default of the variable.</summary>
public class ConvertInitialValueTests
{
    private const string Write =
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            s_id = id;
            await next();
        }
        """;

    private const string Converted =
        """
        public async Task HandleAsync(string id, Func<Task> next)
        {
            var token = s_id.Set(id);
            try
            {
                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """;

    [Theory]
    [InlineData("\"none\"", "\"none\"")]
    [InlineData("string.Empty", "string.Empty")]
    [InlineData("null", "default")]
    [InlineData("default(string)", "default")]
    [InlineData("default", "default")]
    [InlineData("(null)!", "default")]
    public Task An_initializer(string initializer, string start) => Fields.BecomesContextVar(
        $"private static string? {{|CTX001:s_id|}} = {initializer};", Write, $"private static readonly ContextVar<string?> s_id = new(\"id\", {start});", Converted);

    [Fact]
    public Task A_constant_that_a_static_constructor_sets() => Fields.BecomesContextVar(
        Fields.Id,
        "static Handler()\n{\n    s_id = \"none\";\n}\n\n" + Write,
        "private static readonly ContextVar<string?> s_id = new(\"id\", \"none\");",
        Converted);

    [Fact]
    public Task A_static_constructor_keeps_what_else_it_does() => Fields.BecomesContextVar(
        Fields.Id,
        "private const string None = \"none\";\n\nstatic Handler()\n{\n    s_id = None; // nobody yet\n    Console.WriteLine(\"ready\");\n}\n\n" + Write,
        "private static readonly ContextVar<string?> s_id = new(\"id\", None);",
        "private const string None = \"none\";\n\nstatic Handler()\n{\n    Console.WriteLine(\"ready\");\n}\n\n" + Converted);

    [Theory]
    [InlineData("s_id = Environment.MachineName;")] // Once, when it is needed: who could say when.
    [InlineData("Console.WriteLine(); s_id = \"none\";")] // It may be seen before.
    [InlineData("s_id = \"a\"; s_id = \"b\";")]
    [InlineData("if (Environment.Is64BitProcess) s_id = \"none\";")]
    public Task What_a_static_constructor_computes_is_refused(string statements) => Fields.IsRefused($"static Handler()\n{{\n    {statements}\n}}\n\n{Write}");

    [Theory]
    [InlineData("static Handler() => Fill();\n\nprivate static void Fill() => s_id = Environment.MachineName;")]
    [InlineData("static Handler() => Fill();\n\nprivate static void Fill() => s_id = \"none\";")]
    [InlineData("static Handler() => Fill();\n\nprivate static void Fill()\n{\n    s_id = Environment.MachineName;\n    Console.WriteLine(s_id);\n}")]
    [InlineData("static Handler() => Fill();\n\nprivate static int Fill()\n{\n    s_id = Environment.MachineName;\n    return s_id.Length;\n}")]
    [InlineData("private static readonly int s_length = Fill();\n\nprivate static int Fill() => (s_id = Environment.MachineName).Length;")]
    [InlineData("private static readonly Handler s_handler = new();\n\npublic Handler() => s_id = Environment.MachineName;")]
    [InlineData("static Handler()\n{\n    Fill();\n    Console.WriteLine(s_id);\n}\n\nprivate static void Fill() => s_id = Environment.MachineName;")]
    public Task What_a_method_sets_that_a_static_constructor_calls_is_refused(string members) => Fields.IsRefused($"{members}\n\n{Write}");

    [Theory]
    [InlineData("int?", "0", "0")] // Not null.
    [InlineData("bool?", "false", "false")]
    [InlineData("int?", "default(int)", "default(int)")]
    [InlineData("int?", "default(int?)", "default")]
    [InlineData("int", "0", "default")]
    [InlineData("decimal", "0m", "default")]
    [InlineData("char", "'\\0'", "default")]
    public Task A_number_that_may_be_null_starts_with_what_is_written(string type, string initializer, string start)
    {
        string Members(string statements) => $"public async Task HandleAsync({type} id, Func<Task> next)\n{{\n    {statements}\n}}";

        return Fields.BecomesContextVar(
            $"private static {type} {{|CTX001:s_id|}} = {initializer};",
            Members("s_id = id;\n    await next();"),
            $"private static readonly ContextVar<{type}> s_id = new(\"id\", {start});",
            Members("var token = s_id.Set(id);\n    try\n    {\n        await next();\n    }\n    finally\n    {\n        s_id.Reset(token);\n    }"));
    }

    [Fact]
    public Task A_value_that_is_not_null_is_no_clear() => Fields.BecomesContextVar(
        "private static bool? {|CTX001:s_isOn|};",
        "public async Task HandleAsync(Func<Task> next)\n{\n    s_isOn = true;\n    await next();\n    s_isOn = false;\n    await next();\n}",
        "private static readonly ContextVar<bool?> s_isOn = new(\"isOn\", default);",
        """
        public async Task HandleAsync(Func<Task> next)
        {
            var isOnToken2 = s_isOn.Set(true);
            try
            {
                await next();
                var isOnToken = s_isOn.Set(false);
                try
                {
                    await next();
                }
                finally
                {
                    s_isOn.Reset(isOnToken);
                }
            }
            finally
            {
                s_isOn.Reset(isOnToken2);
            }
        }
        """);

    [Theory]
    [InlineData("", "")]
    [InlineData("public static readonly DateTime Start = DateTime.UtcNow;\n\n", "static Handler()\n{\n}\n\n")]
    [InlineData("public static DateTime Start { get; } = DateTime.UtcNow;\n\n", "static Handler()\n{\n}\n\n")]
    [InlineData("public static event Action Stopped = () => { };\n\n", "static Handler()\n{\n}\n\n")]
    public Task A_property_that_a_static_constructor_sets(string other, string constructor) => Fields.BecomesContextVar(
        "public static string {|CTX001:Name|} { get; set; } // Who.",
        other + "static Handler()\n{\n    Name = \"none\";\n}\n\n" + Write.Replace("s_id", "Name"),
        "public static ContextVar<string> Name { get; } = new(\"name\", \"none\"); // Who.",
        other + constructor + Converted.Replace("s_id", "Name"));

    private const string Shown = "public string Shown => Name.ToUpperInvariant();";

    private const string NameOverVariable = "\n\n    public static string Name { get => s_name.Get(); set => s_name.Set(value); } // Who.";

    [Theory]
    [InlineData("static Handler()\n{\n    Name = Environment.MachineName;\n}")]
    [InlineData("static Handler() => (Name, Console.Title) = (Environment.MachineName, \"\");")]
    [InlineData("private static readonly int s_length = (Name = Environment.MachineName).Length;")]
    [InlineData("public static int Length { get; } = (Name = Environment.MachineName).Length;")]
    [InlineData("static Handler() => Fill();\n\nprivate static void Fill() => Name = Environment.MachineName;")]
    [InlineData("static Handler() => Fill(1);\n\nprivate static void Fill(int more) => Fill();\n\nprivate static void Fill() => Name = Environment.MachineName;")]
    [InlineData("private static readonly int s_length = Fill();\n\nprivate static int Fill() => (Name = Environment.MachineName).Length;")]
    [InlineData("static Handler() => new Handler();\n\npublic Handler() => Name = Environment.MachineName;")]
    [InlineData("static Handler() => Array.ForEach(Environment.GetCommandLineArgs(), argument => Name = argument);")]
    [InlineData("static Handler() => Fill();\n\nprivate static void Fill() => Array.ForEach(Environment.GetCommandLineArgs(), argument => Name = argument);")]
    [InlineData("private static readonly Lazy<int> s_length = new(() => (Name = Environment.MachineName).Length);")]
    public Task What_is_computed_once_for_the_type_is_refused_behind_a_property_too(string members) =>
        Fields.IsRefused($"{members}\n\n{Shown}", "public static string {|CTX001:Name|} { get; set; } = \"\";");

    [Fact]
    public Task What_a_static_constructor_gives_a_property_that_stays() => Fields.BecomesContextVar(
        "public static string {|CTX001:Name|} { get; set; } // Who.",
        "static Handler()\n{\n    Name = \"none\";\n}\n\n" + Shown,
        "private static readonly ContextVar<string> s_name = new(\"name\", \"none\");" + NameOverVariable,
        Shown);

    [Theory]
    [InlineData("public static string Fill() => Name = Environment.MachineName;")]
    [InlineData("static Handler() => Console.WriteLine(nameof(Fill));\n\npublic static string Fill() => Name = Environment.MachineName;")]
    [InlineData("public static string Again() => Fill();\n\npublic static string Fill()\n{\n    Again();\n    return Name = Environment.MachineName;\n}")]
    [InlineData("static Handler() => Console.CancelKeyPress += (_, _) => Name = Environment.MachineName;")]
    [InlineData("public static readonly Action Fill = () => Name = Environment.MachineName;")]
    [InlineData("public static void Fill() => Array.ForEach(Environment.GetCommandLineArgs(), argument => Name = argument);")]
    public Task But_what_a_method_sets_that_flows_call_it_may_set(string members) => Fields.BecomesContextVar(
        "public static string {|CTX001:Name|} { get; set; } = \"\"; // Who.",
        $"{members}\n\n{Shown}",
        "private static readonly ContextVar<string> s_name = new(\"name\", \"\");" + NameOverVariable,
        $"{members}\n\n{Shown}");

    [Fact]
    public Task But_what_a_constructor_of_an_object_sets_it_may_set() => Fields.BecomesContextVar(
        "public static string {|CTX001:Name|} { get; set; } = \"\"; // Who.",
        "public Handler()\n{\n    Name = Environment.MachineName;\n}\n\n" + Shown,
        "private static readonly ContextVar<string> s_name = new(\"name\", \"\");" + NameOverVariable,
        "public Handler()\n{\n    Name = Environment.MachineName;\n}\n\n" + Shown);
}
