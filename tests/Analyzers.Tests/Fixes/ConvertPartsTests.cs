namespace ContextAnalyzers.Tests.Fixes;

/// <summary>Deconstructions into the state, and writes of its parts.</summary>
public class ConvertPartsTests
{
    private const string Point = "\n\nprivate struct Point\n{\n    public int X;\n    public int Y;\n    public string? Name { get; set; }\n}";

    private const string PointField = "private static Point {|CTX001:s_point|};";

    private const string PointVar = "private static readonly ContextVar<Point> s_point = new(\"point\", default);";

    [Fact]
    public Task A_tuple_is_taken_apart() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(string id, Func<int, Task> next)
        {
            int count;
            (s_id, count) = (id + "!", 3); // both
            await next(count);
        }
        """,
        """
        public async Task HandleAsync(string id, Func<int, Task> next)
        {
            int count;
            var token = s_id.Set(id + "!");
            try
            {
                count = 3; // both
                await next(count);
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task What_is_deconstructed_goes_through_a_local() => Fields.BecomesContextVar(
        """
        public async Task HandleAsync(Func<Task<(string, int)>> get, Func<int, Task> next)
        {
            (s_id, var count) = await get();
            await next(count);
        }
        """,
        """
        public async Task HandleAsync(Func<Task<(string, int)>> get, Func<int, Task> next)
        {
            (var id, var count) = await get();
            var token = s_id.Set(id);
            try
            {
                await next(count);
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Theory]
    [InlineData("event", "newEvent")]
    [InlineData("from", "newFrom")]
    [InlineData("count", "newCount")] // It is taken.
    public Task A_local_for_what_is_deconstructed_has_no_keyword_for_a_name(string stem, string local) => Fields.BecomesContextVar(
        $"private static string? {{|CTX001:s_{stem}|}};",
        $$"""
        public async Task HandleAsync(Func<Task<(string, int)>> get, Func<int, Task> next)
        {
            (s_{{stem}}, var count) = await get();
            await next(count);
        }
        """,
        $"private static readonly ContextVar<string?> s_{stem} = new(\"{stem}\", default);",
        $$"""
        public async Task HandleAsync(Func<Task<(string, int)>> get, Func<int, Task> next)
        {
            (var {{local}}, var count) = await get();
            var token = s_{{stem}}.Set({{local}});
            try
            {
                await next(count);
            }
            finally
            {
                s_{{stem}}.Reset(token);
            }
        }
        """);

    [Theory]
    [InlineData("(s_id, Other) = (id, 1);")] // Its setter would see another value.
    [InlineData("(s_id, rest[0]) = (id, 1);")]
    [InlineData("var both = (s_id, rest[1]) = (id, 1);")]
    [InlineData("(s_id, s_id) = (id, next.ToString());")] // The last one stays.
    public Task A_deconstruction_that_others_could_see_is_refused(string statement) => Fields.IsRefused($$"""
        private int Other { get => 1; set => Console.WriteLine(s_id + value); }

        public async Task HandleAsync(string id, int[] rest, Func<Task> next)
        {
            {{statement}}
            await next();
        }
        """);

    [Fact]
    public Task A_struct_gets_its_parts_in_a_copy() => Fields.BecomesContextVar(
        PointField,
        """
        public async Task HandleAsync(int x, Func<Task> next)
        {
            // Where we are.
            s_point.X = x;
            s_point.Y = s_point.X + 1;
            await next();
            Console.WriteLine(s_point.X);
        }
        """ + Point,
        PointVar,
        """
        public async Task HandleAsync(int x, Func<Task> next)
        {
            // Where we are.
            var point = s_point.Get();
            point.X = x;
            point.Y = point.X + 1;
            var token = s_point.Set(point);
            try
            {
                await next();
                Console.WriteLine(s_point.Get().X);
            }
            finally
            {
                s_point.Reset(token);
            }
        }
        """ + Point);

    [Fact]
    public Task A_struct_that_is_made_and_filled_is_set_once() => Fields.BecomesContextVar(
        PointField,
        """
        public async Task HandleAsync(int x, Func<Task> next)
        {
            s_point = new Point();
            s_point.X = x;
            s_point.Name = "a";
            await next();
        }
        """ + Point,
        PointVar,
        """
        public async Task HandleAsync(int x, Func<Task> next)
        {
            var point = new Point();
            point.X = x;
            point.Name = "a";
            var token = s_point.Set(point);
            try
            {
                await next();
            }
            finally
            {
                s_point.Reset(token);
            }
        }
        """ + Point);

    [Theory]
    [InlineData("s_point.X++;")]
    [InlineData("s_point.X += x;")]
    [InlineData("Change(ref s_point.X);")]
    [InlineData("s_point.X = Compute();")] // It may set another part.
    [InlineData("s_point.Move(1);")]
    [InlineData("s_point.Inner.Move(1);")] // Of the copy that is read.
    [InlineData("(s_point.Inner).Move(1);")]
    [InlineData("s_point[0] = 1;")]
    [InlineData("if (x > 1) s_point.X = x;")]
    [InlineData("var both = s_point.X = x;")]
    public Task A_struct_that_is_changed_in_another_way_is_refused(string statement) => Fields.IsRefused($$"""
        public async Task HandleAsync(int x, Func<Task> next)
        {
            {{statement}}
            await next();
        }

        private static int Compute() => s_point.Y = 3;

        private static void Change(ref int number) => number = 4;

        private struct Point
        {
            public int X;
            public int Y;
            public Part Inner;
            public int this[int index] { set => X = value + index; }
            public void Move(int by) => X += by;
        }

        private struct Part
        {
            public int Z;
            public void Move(int by) => Z += by;
        }
        """,
        PointField);

    [Fact]
    public Task What_a_value_refers_to_is_changed_where_it_is() => Fields.BecomesContextVar(
        "private static Account? {|CTX001:s_account|};",
        """
        public async Task HandleAsync(Account account, Func<Task> next)
        {
            s_account = account;
            s_account.Balance = 1;
            s_account.Owner.Name = "a";
            s_account.Balance++;
            await next();
        }

        public class Account
        {
            public int Balance { get; set; }
            public Account Owner => this;
            public string? Name;
        }
        """,
        "private static readonly ContextVar<Account?> s_account = new(\"account\", default);",
        """
        public async Task HandleAsync(Account account, Func<Task> next)
        {
            var token = s_account.Set(account);
            try
            {
                s_account.Get()!.Balance = 1;
                s_account.Get()!.Owner.Name = "a";
                s_account.Get()!.Balance++;
                await next();
            }
            finally
            {
                s_account.Reset(token);
            }
        }

        public class Account
        {
            public int Balance { get; set; }
            public Account Owner => this;
            public string? Name;
        }
        """);

    [Fact]
    public Task A_reference_in_a_struct_is_followed() => Fields.BecomesContextVar(
        "private static (Account Account, int Number) {|CTX001:s_pair|};",
        """
        public async Task HandleAsync(Account account, Func<Task> next)
        {
            s_pair = (account, 1);
            s_pair.Account.Balance = 1;
            await next();
        }

        public class Account
        {
            public int Balance;
        }
        """,
        "private static readonly ContextVar<(Account Account, int Number)> s_pair = new(\"pair\", default);",
        """
        public async Task HandleAsync(Account account, Func<Task> next)
        {
            var token = s_pair.Set((account, 1));
            try
            {
                s_pair.Get().Account.Balance = 1;
                await next();
            }
            finally
            {
                s_pair.Reset(token);
            }
        }

        public class Account
        {
            public int Balance;
        }
        """);

    [Theory]
    [InlineData("(s_id, _) = (id, get());", "(var newId, _) = (id, get());")]
    [InlineData("int a, b; ((s_id, a), b) = ((id, 1), 2);", "int a, b; ((var newId, a), b) = ((id, 1), 2);")]
    [InlineData("(s_id, id) = (id, get());", "(var newId, id) = (id, get());")]
    public Task What_is_not_plain_is_deconstructed_first(string statement, string fixedStatement) => Fields.BecomesContextVar(
        $$"""
        public async Task HandleAsync(string id, Func<string> get, Func<Task> next)
        {
            {{statement}}
            await next();
        }
        """,
        $$"""
        public async Task HandleAsync(string id, Func<string> get, Func<Task> next)
        {
            {{fixedStatement}}
            var token = s_id.Set(newId);
            try
            {
                await next();
            }
            finally
            {
                s_id.Reset(token);
            }
        }
        """);

    [Fact]
    public Task What_a_struct_only_shows_is_read() => Fields.BecomesContextVar(
        PointField,
        """
        public async Task HandleAsync(Func<int, Task> next)
        {
            s_point = default;
            s_point.X = 1;
            s_point.Y = 2;
            await next(-s_point.X);
            await next(s_point.Name!.Length + s_point.X.CompareTo(1));
        }
        """ + Point,
        PointVar,
        """
        public async Task HandleAsync(Func<int, Task> next)
        {
            Point point = default;
            point.X = 1;
            point.Y = 2;
            var token = s_point.Set(point);
            try
            {
                await next(-s_point.Get().X);
                await next(s_point.Get().Name!.Length + s_point.Get().X.CompareTo(1));
            }
            finally
            {
                s_point.Reset(token);
            }
        }
        """ + Point);

    [Theory]
    [InlineData("ref var part = ref s_point.X; part = 1;")]
    [InlineData("fixed (int* part = &s_point.X) *part = 1;")]
    public Task A_reference_to_a_part_is_refused(string statements) => Fields.IsRefused(
        "public unsafe void Handle(Action next)\n{\n    s_point = default;\n    " + statements + "\n    next();\n}" + Point, PointField);
}
