namespace ContextVars.Tour;

internal static class NestedOverride
{
    private static readonly ContextVar<string> Role = new("role", "guest");

    public static async Task RunAsync(TextWriter output)
    {
        async Task WithAdminPrivilegesAsync(Func<Task> action)
        {
            using (Role.Set("admin"))
                await action();
        }

        async Task WorkAsync()
        {
            await Task.Yield();
            output.WriteLine($"working as {Role.Get()}");
        }

        using (Role.Set("user"))
        {
            await WorkAsync();
            await WithAdminPrivilegesAsync(WorkAsync);
            await WorkAsync();
        }

        // The same without a block: With restores when the body returns, and an async body keeps the value to its end.
        await Role.With("auditor", WorkAsync);
        output.WriteLine($"afterwards: {Role.Get()}");
    }
}
