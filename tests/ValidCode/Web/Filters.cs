using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ValidCode.Web;

/// <summary>Validates arguments by their attributes. What reflection finds is kept for the process: it depends on the type alone.</summary>
public sealed class ValidationFilter : IEndpointFilter
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Validated = new();
    private static readonly Func<Type, PropertyInfo[]> FindValidated = static type =>
        [.. type.GetProperties().Where(property => property.IsDefined(typeof(ValidationAttribute), inherit: true))];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (object? argument in context.Arguments)
        {
            if (argument is not null && argument.GetType() is { IsPrimitive: false } type && type != typeof(string))
            {
                Validate(argument, Validated.GetOrAdd(type, FindValidated), problems);
            }
        }

        return problems.Count == 0 ? await next(context) : Results.ValidationProblem(problems);
    }

    private static void Validate(object argument, PropertyInfo[] properties, Dictionary<string, string[]> problems)
    {
        foreach (PropertyInfo property in properties)
        {
            var results = new List<ValidationResult>();
            var context = new ValidationContext(argument) { MemberName = property.Name };
            if (!Validator.TryValidateProperty(property.GetValue(argument), context, results))
            {
                problems[property.Name] = [.. results.Select(result => result.ErrorMessage ?? "Not valid.")];
            }
        }
    }
}

/// <summary>The same answer for the same key, however often a client asks: the first request works, the others wait for it.</summary>
public sealed class IdempotencyFilter(TimeProvider time) : IEndpointFilter
{
    private const string Header = "Idempotency-Key";

    private static readonly ConcurrentDictionary<string, Remembered> Answers = new(StringComparer.Ordinal);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        string? key = context.HttpContext.Request.Headers[Header];
        if (string.IsNullOrEmpty(key))
        {
            return await next(context);
        }

        var mine = new Remembered(new(() => next(context).AsTask(), LazyThreadSafetyMode.ExecutionAndPublication), time.GetUtcNow());
        Remembered first = Answers.GetOrAdd(key, mine);
        try
        {
            return await first.Answer.Value;
        }
        catch when (ReferenceEquals(first, mine))
        {
            Answers.TryRemove(KeyValuePair.Create(key, mine));
            throw;
        }
    }

    internal static int Forget(DateTimeOffset before)
    {
        int forgotten = 0;
        foreach (KeyValuePair<string, Remembered> entry in Answers.Where(entry => entry.Value.Since < before))
        {
            forgotten += Answers.TryRemove(entry) ? 1 : 0;
        }

        return forgotten;
    }

    private sealed record Remembered(Lazy<Task<object?>> Answer, DateTimeOffset Since);
}

/// <summary>Times an action. What it knows of a request stays in locals and in the request.</summary>
public sealed class TimingFilter(ILogger<TimingFilter> log) : IAsyncActionFilter, IOrderedFilter
{
    private static readonly Action<ILogger, string, double, Exception?> Slow =
        LoggerMessage.Define<string, double>(LogLevel.Warning, new EventId(1, nameof(Slow)), "{Action} took {Milliseconds} ms");

    private static readonly object TimerKey = new();

    private static double s_slowAfter = 500;

    public static TimeSpan SlowAfter
    {
        get => TimeSpan.FromMilliseconds(Volatile.Read(ref s_slowAfter));
        set => Volatile.Write(ref s_slowAfter, value.TotalMilliseconds);
    }

    public int Order => int.MinValue;

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var timer = Stopwatch.StartNew();
        context.HttpContext.Items[TimerKey] = timer;
        ActionExecutedContext executed = await next();
        timer.Stop();
        if (timer.Elapsed > SlowAfter)
        {
            Slow(log, executed.ActionDescriptor.DisplayName ?? "?", timer.Elapsed.TotalMilliseconds, executed.Exception);
        }
    }
}

/// <summary>What exceptions mean to a client. The table is frozen once and read by all.</summary>
public static class Problems
{
    private static readonly FrozenDictionary<Type, int> Codes = new Dictionary<Type, int>
    {
        [typeof(KeyNotFoundException)] = StatusCodes.Status404NotFound,
        [typeof(UnauthorizedAccessException)] = StatusCodes.Status403Forbidden,
        [typeof(TimeoutException)] = StatusCodes.Status504GatewayTimeout,
        [typeof(ArgumentException)] = StatusCodes.Status400BadRequest,
    }.ToFrozenDictionary();

    public static int CodeOf(Exception exception)
    {
        for (Type? type = exception.GetType(); type is not null; type = type.BaseType)
        {
            if (Codes.TryGetValue(type, out int code))
            {
                return code;
            }
        }

        return StatusCodes.Status500InternalServerError;
    }

    public static RouteGroupBuilder WithProblems(this RouteGroupBuilder group) => group.AddEndpointFilter(async (context, next) =>
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (!context.HttpContext.Response.HasStarted)
        {
            return Results.Problem(exception.Message, statusCode: CodeOf(exception));
        }
    });
}
