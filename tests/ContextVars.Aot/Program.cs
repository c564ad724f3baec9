using ContextVars;

// One use of each part of the library; the exit code is the number of those that fail.
var name = new ContextVar<string>("name", "default");
var user = ContextVar.CreateRequired<Guid>(ContextVarOptions.BoundedLifetime);
var failures = 0;

void Expect(bool condition, string what)
{
    Console.WriteLine($"{(condition ? "ok" : "FAILED")}: {what}");
    failures += condition ? 0 : 1;
}

using (name.Set("set"))
{
    await Task.Yield();
    Expect(name.Get() == "set", "a value follows an await");
    Expect(await Task.Run(() => name.Get()) == "set", "a value follows a task");
}

Expect(name.Get() == "default", "a token restores");
Expect(name.With("with", () => name.AsReadOnly().Get()) == "with", "a body runs with a value");

Context copy;
using (ContextScope.Set(name, "scope", user, Guid.NewGuid()))
    copy = Context.CopyCurrent();

Expect(copy.Count == 1 && (string?)copy[name] == "scope", "a bounded value ends, the other stays");
Expect(copy.Run(() => name.Get()) == "scope", "a body runs in a context");

async IAsyncEnumerable<string> Names()
{
    yield return name.Get();
    await Task.Yield();
    yield return name.Get();
}

await foreach (var item in Names().WithContext(name, "stream"))
    Expect(item == "stream", "a stream keeps its value");

return failures;
