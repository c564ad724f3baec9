namespace ContextVars.Tour;

internal static class GetSetReset
{
    private static readonly ContextVar<User> UserContext = new("user_context", new User("guest", IsGuest: true));

    public static Task RunAsync(TextWriter output)
    {
        output.WriteLine(UserContext.Get());

        var token = UserContext.Set(new User("alice", IsGuest: false));
        output.WriteLine(UserContext.Get());

        UserContext.Reset(token);
        output.WriteLine(UserContext.Get());
        return Task.CompletedTask;
    }

    private sealed record User(string Name, bool IsGuest);
}
