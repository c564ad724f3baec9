using System.Reflection;
using System.Runtime.Loader;

namespace ContextVars.Tests;

/// <summary>The variables that a process makes first. A body here has the library to itself, with no variable made yet.</summary>
public sealed class FirstVariablesTests
{
    [Fact]
    public void Each_of_the_first_variables_has_its_own_value() => RunInLibraryOfItsOwn(nameof(SetOneAfterTheOther));

    private static void SetOneAfterTheOther()
    {
        // Past 32, where the map of a flow grows by a level.
        ContextVar<int>[] variables = [.. Enumerable.Range(0, 40).Select(i => new ContextVar<int>($"v{i}", -1))];

        for (var set = 0; set < variables.Length; set++)
        {
            variables[set].Set(set);
            Assert.Equal(variables.Select((_, i) => i <= set ? i : -1), variables.Select(variable => variable.Get()));
        }
    }

    private static void RunInLibraryOfItsOwn(string body)
    {
        var context = new AssemblyLoadContext(body, isCollectible: true);
        context.LoadFromAssemblyPath(typeof(ContextVar).Assembly.Location);
        var tests = context.LoadFromAssemblyPath(typeof(FirstVariablesTests).Assembly.Location);

        tests.GetType(typeof(FirstVariablesTests).FullName!)!
            .GetMethod(body, BindingFlags.Static | BindingFlags.NonPublic)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
        context.Unload();
    }
}
