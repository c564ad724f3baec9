using System.Globalization;
using ContextAnalyzers.Tests.Robustness;
using static ContextAnalyzers.Tests.Rules.TokenSource;

namespace ContextAnalyzers.Tests.Rules;

/// <summary>What the rules say about a token, word by word, and the places on the way out that they show with it.</summary>
public class TokenMessageTests
{
    private const string RightAfter = "; reset it in the finally of a try that begins right after";

    [Theory]
    [InlineData("""Trace.Set("a"); Work();""", "its token is dropped")]
    [InlineData("""_ = Trace.Set("a"); Work();""", "'_ =' gives its token away")]
    [InlineData("""var token = Trace.Set("a"); Work();""", "nothing resets 'token'")]
    [InlineData("""static void Forget(Token<string> token) { } Forget(Trace.Set("a")); Work();""", "'Forget' does nothing with the token it is given")]
    [InlineData("""static void Forget(Token<string> token) => Work(); var token = Trace.Set("a"); Forget(token);""", "'Forget' does nothing with the token it is given", "Forget(token)")]
    [InlineData("""var token = Trace.Set("a"); Work(); token = default;""", "'token' is overwritten before anything resets it", "token = default")]
    public Task Value_that_is_never_reset(string statements, string why, params string[] path) => Says(
        Method(statements), $"The value of 'Trace.Set' is never reset: {why}, so the value leaks from 'M' to its caller", path);

    [Theory]
    [InlineData("""void M() { Trace.Set("a"); Work(); }""", "so the value leaks from 'M' to its caller")]
    [InlineData("""C() { Trace.Set("a"); Work(); }""", "so the value leaks from the constructor of 'C' to its caller")]
    [InlineData("""static C() { Trace.Set("a"); Work(); }""", "so the flow that happens to run the static constructor of 'C' keeps the value, and no other flow sees it")]
    [InlineData("""int P { get { Trace.Set("a"); Work(); return 1; } }""", "so the value leaks from 'P' to its caller")]
    [InlineData("""string P => Trace.Set("a").ToString();""", "so the value leaks from 'P' to its caller")]
    [InlineData("""public static C operator +(C c, C d) { Trace.Set("a"); Work(); return c; }""", "so the value leaks from 'operator +' to its caller")]
    [InlineData("""private sealed class D : IDisposable { void IDisposable.Dispose() { Trace.Set("a"); Work(); } }""", "so the value leaks from 'Dispose' to its caller")]
    [InlineData("""int this[int i] { get { Trace.Set("a"); Work(); return 1; } }""", "so the value leaks from 'this[]' to its caller")]
    [InlineData("""static void Run(Delegate action) { } void M() => Run(() => { Trace.Set("a"); });""", "so the value leaks from the lambda to its caller")]
    [InlineData("""void M(Dictionary<Action, int> all) => Log("" + all[() => { Trace.Set("a"); }]);""", "so the value leaks from the lambda to its caller")]
    [InlineData("""void M() { Action a = () => { Trace.Set("a"); Work(); }; a(); }""", "so the value leaks from the lambda to its caller")]
    [InlineData("""Task M() { Trace.Set("a"); return WorkAsync(); }""", "and as 'M' is not async, the value leaks to its caller")]
    [InlineData("""async Task M() { Trace.Set("a"); await WorkAsync(); }""", "so the value stays until 'M', which is async, returns; its caller does not see it")]
    [InlineData("""void M() => Task.Run(() => { Trace.Set("a"); Work(); });""", "so the value stays until the lambda, which 'Task.Run' runs in a flow of its own, returns; nothing after it sees the value")]
    [InlineData("""void M() => Parallel.For(0, 9, i => { Trace.Set("a"); Work(); });""", "so the value stays until the lambda, which 'Parallel.For' runs in a flow of its own, returns; nothing after it sees the value")]
    [InlineData("""void M() => new Thread(() => { Trace.Set("a"); Work(); }).Start();""", "so the value stays until the lambda, which 'Thread' runs in a flow of its own, returns; nothing after it sees the value")]
    public Task What_becomes_of_the_value(string member, string consequence) => Says(Class(member), $"The value of 'Trace.Set' is never reset: its token is dropped, {consequence}");

    [Fact]
    public Task Value_whose_token_a_constructor_ignores() => Says(
        Class("""class Base { protected Base(Token<string> token) { } } class D : Base { D() : base(Trace.Set("a")) { } }"""),
        "The value of 'Trace.Set' is never reset: 'Base' does nothing with the token it is given, so the value leaks from the constructor of 'D' to its caller");

    [Fact]
    public Task Value_whose_token_a_field_keeps_for_nobody() => Says(
        Class("""private Token<string> _token; void M() { _token = Trace.Set("a"); Work(); }"""),
        "The value of 'Trace.Set' is never reset: nothing in its type resets '_token', so the value leaks from 'M' to its caller");

    [Theory]
    [InlineData("""var token = Trace.Set("a"); Work(); Trace.Reset(token);""", "'Work' throws", "Work()")]
    [InlineData("""var token = Trace.Set("a"); Log("a"); try { Work(); } finally { Trace.Reset(token); }""", "'Log' throws before the try begins", "Log(\"a\")")]
    [InlineData("""var token = Trace.Set("a"); if (condition) { try { Work(); } finally { Trace.Reset(token); } } else { Log("a"); Trace.Reset(token); }""", "'Log' throws", "Log(\"a\")")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } catch { Trace.Reset(token); throw; }""", "nothing throws, as only a catch resets it", "Trace.Reset(token)")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } finally { if (condition) Trace.Reset(token); }""", "'condition' decides against the reset", "condition")]
    [InlineData("""var token = Trace.Set("a"); if (condition) return; Trace.Reset(token);""", "'return' leaves before the reset", "return;")]
    [InlineData("""var token = Trace.Set("a"); if (condition) throw new IOException(); Trace.Reset(token);""", "'throw' leaves before the reset", "throw new IOException();")]
    [InlineData("""while (condition) { var token = Trace.Set("a"); if (Trace.IsSet) break; Trace.Reset(token); }""", "'break' leaves before the reset", "break;")]
    [InlineData("""while (condition) { var token = Trace.Set("a"); if (Trace.IsSet) continue; Trace.Reset(token); }""", "'continue' leaves before the reset", "continue;")]
    [InlineData("""var token = Trace.Set("a"); if (condition) goto end; Trace.Reset(token); end: ;""", "'goto' leaves before the reset", "goto end;")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } catch (IOException) { return; } Trace.Reset(token);""", "'Work' throws", "Work()")]
    [InlineData("""var token = Trace.Set("a"); if (condition) Log("a"); try { Trace.Reset(token); Work(); } catch { Log("b"); }""", "'Log' throws", "Log(\"a\")")]
    [InlineData("""var token = Trace.Set("a"); try { if (condition) throw new IOException(); Trace.Reset(token); } catch (IOException) { }""", "'throw' leaves before the reset", "throw new IOException();")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); Trace.Reset(token); } catch (IOException e) when (e.HResult == 1) { }""", "'e.HResult == 1' decides against the reset", "e.HResult == 1")]
    [InlineData("""var token = Trace.Set("a"); var _ = condition ? "" : throw new IOException(); Trace.Reset(token);""", "'throw' leaves before the reset", "throw new IOException()")]
    [InlineData("""var token = Trace.Set("a"); try { if (condition) Trace.IsSet.ToString(); } catch { throw; } Work(); Trace.Reset(token);""", "'ToString' throws", "Trace.IsSet.ToString()")]
    [InlineData("""var token = Trace.Set("a"); try { Work(); } catch { if (condition) throw; } Trace.Reset(token);""", "an exception is thrown")]
    [InlineData("""var token = Trace.Set("a"); try { try { Work(); } catch { throw; } } catch (IOException) { return; } Trace.Reset(token);""", "'Work' throws", "Work()")]
    [InlineData("""Action action = Work; var token = Trace.Set("a"); action(); Trace.Reset(token);""", "'action' throws", "action()")]
    [InlineData("""var token = Trace.Set("a"); new Uri(""); try { Work(); } finally { Trace.Reset(token); }""", "'new Uri' throws before the try begins", "new Uri(\"\")")]
    [InlineData("""var token = Trace.Set("a"); _ = "abc"[1..]; Trace.Reset(token);""", "'\"abc\"[1..]' throws", "\"abc\"[1..]")]
    [InlineData("""var token = Trace.Set("a"); if (Trace.IsSet && condition && User.IsSet && condition) Trace.Reset(token);""", "'…' decides against the reset", "Trace.IsSet && condition && User.IsSet && condition")]
    [InlineData("""var token = Trace.Set("a"); switch (DateTime.Now.Year) { case 1999: Trace.Reset(token); break; }""", "'case 1999' decides against the reset", "case 1999:")]
    [InlineData("""var all = new List<Token<string>>(); for (var i = 0; i < 9; i++) { var token = Trace.Set("a"); if (i == 3) all.Add(token); }""", "'i == 3' decides against the reset", "i == 3")]
    [InlineData("""var token = Trace.Set("a"); if (condition) token = default; try { Work(); } finally { Trace.Reset(token); }""", "'token' is overwritten before it is reset", "token = default")]
    [InlineData("""Token<string> token = default; while (condition) token = Trace.Set("a"); Trace.Reset(token);""", "the loop goes round, as only the last 'token' is reset", "Trace.Reset(token)")]
    public Task Value_that_a_path_leaves_set(string statements, string why, params string[] path) => Says(Method(statements), $"The value of 'Trace.Set' stays set when {why}{RightAfter}", path);

    [Fact]
    public Task Value_that_is_lost() => Says(
        Class("""async Task M() { await Task.Yield(); Trace.Set("a"); }"""),
        "The value of 'Trace.Set' is lost: 'M' is async, nothing in it sees the value, and its caller never does; set it in the caller, or in a method that is not async");

    [Theory]
    [InlineData("IEnumerable<int>", "the consumer runs with it between two elements, and keeps it where it stops early; reset before each yield, or let the consumer set it")]
    [InlineData("async IAsyncEnumerable<int>", "an async iterator goes on with the values of its consumer, so this one is gone after the yield; set it again after each yield, or let the consumer set it")]
    public Task Value_across_a_yield(string type, string why) => Says(
        Class($$"""{{type}} M() { using var _ = Trace.Set("a"); yield return 1; }"""), $"The value of 'Trace.Set' is set across a yield: {why}", "yield return 1;");

    [Theory]
    [InlineData("""var t = Trace.Set("a"); try { Work(); } finally { User.Reset(t); }""", "is given to 'User', which throws ArgumentException and leaves the value set; reset the variable that made it", "Trace.Set(\"a\")")]
    [InlineData("""var t = Trace.Set("a"); Trace.Reset(t); Trace.Reset(t);""", "is reset a second time on one path, which throws InvalidOperationException; reset it once, or use Dispose", "Trace.Set(\"a\")")]
    [InlineData("""var t = Trace.Set("a"); var u = Trace.Set("b"); Trace.Reset(t); Trace.Reset(u);""", "is reset before that of a later Set, which is reset here and throws InvalidOperationException; reset in the reverse order of Set", "Trace.Set(\"a\")")]
    [InlineData("""var t = Trace.Set("a"); Trace.Reset(t); Work();""", "is reset before any code sees the value; reset it behind the code that the value is for", "Trace.Set(\"a\")")]
    public Task Token_that_is_misused(string statements, string why, params string[] path) => Says(Method(statements), $"The token of 'Trace.Set' {why}", path);

    [Fact]
    public Task Token_that_is_returned_too_late() => Says(
        Class("""Token<string> M() { using var t = Trace.Set("a"); return t; }"""),
        "The token of 'Trace.Set' is reset before the caller gets it; return it without using or finally",
        "t");

    [Theory]
    [InlineData("""void M() { var t = Trace.Set("a"); Task.Run(() => Trace.Reset(t)); }""", "The token of 't' is reset in another flow than the value was set in: 'Task.Run' runs it in a flow of its own; reset in the function that set the value")]
    [InlineData("""void M() { var t = Trace.Set("a"); Task.Run(Undo); void Undo() => Trace.Reset(t); }""", "The token of 't' is reset in another flow than the value was set in: 'Task.Run' runs it in a flow of its own; reset in the function that set the value")]
    [InlineData("""void M() { var t = Trace.Set("a"); Func<Task> f = async () => { await WorkAsync(); Trace.Reset(t); }; f(); }""", "The token of 't' is reset in another flow than the value was set in: what an async lambda or local function sets and resets ends with it; reset in the function that set the value")]
    [InlineData("""async Task<Token<string>> M() { await WorkAsync(); return Trace.Set("a"); }""", "The token of 'Trace.Set' is reset in another flow than the value was set in: 'M' is async, so its caller gets a token for a value that it never sees; set the value in the caller")]
    [InlineData("""sealed class S : IAsyncDisposable { Token<string> _t = Trace.Set("a"); public async ValueTask DisposeAsync() { await WorkAsync(); Trace.Reset(_t); } }""", "The token of '_t' is reset in another flow than the value was set in: an async DisposeAsync cannot restore a value for its caller; reset in Dispose, or in a DisposeAsync that is not async")]
    public Task Reset_in_another_flow(string member, string message) => Says(Class(member), message);

    private static async Task Says(string source, string message, params string[] path)
    {
        var finding = Assert.Single(await AllRules.FindAsync(source));

        Assert.Equal(message, finding.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(path, finding.AdditionalLocations.Select(location => source.Substring(location.SourceSpan.Start, location.SourceSpan.Length)));
    }
}
