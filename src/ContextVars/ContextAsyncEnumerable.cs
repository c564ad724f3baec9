#if NET
using System.Runtime.CompilerServices;

namespace ContextVars;

/// <summary>Keeps values for the code of an asynchronous stream over its <c>yield return</c>s.</summary>
/// <remarks>
/// <para>What an async iterator sets is gone after its next <c>yield return</c>: its body goes on in the flow of whoever asks for the
/// next element. These methods set the values anew for each element, for the stream's code alone: the consumer does not see them.</para>
/// <para>Safe for concurrent use, as far as the stream itself is. PEP 567 has no counterpart. Not in the netstandard2.0 assembly,
/// where <see cref="IAsyncEnumerable{T}"/> would need a package.</para>
/// </remarks>
public static class ContextAsyncEnumerable
{
    /// <summary>The stream, its code running with a value of a variable.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or <paramref name="variable"/> is null.</exception>
    public static IAsyncEnumerable<T> WithContext<T, TValue>(this IAsyncEnumerable<T> source, ContextVar<TValue> variable, TValue value)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(variable);
        return Iterate(source, variable, value);
    }

    /// <summary>The stream, its code running in a copy of a context. Each enumeration has a copy of its own.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> or <paramref name="context"/> is null.</exception>
    public static IAsyncEnumerable<T> WithContext<T>(this IAsyncEnumerable<T> source, Context context)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(context);
        return Iterate(source, context);
    }

    private static async IAsyncEnumerable<T> Iterate<T, TValue>(
        IAsyncEnumerable<T> source, ContextVar<TValue> variable, TValue value, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var enumerator = variable.With(value, () => source.GetAsyncEnumerator(cancellationToken));
        try
        {
            while (true)
            {
                using (variable.Set(value))
                {
                    if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }

                yield return enumerator.Current;
            }
        }
        finally
        {
            using (variable.Set(value))
                await enumerator.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<T> Iterate<T>(
        IAsyncEnumerable<T> source, Context context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        context = context.Copy();
        var enumerator = context.Run(() => source.GetAsyncEnumerator(cancellationToken));
        try
        {
            while (await context.Run(enumerator.MoveNextAsync).ConfigureAwait(false))
                yield return enumerator.Current;
        }
        finally
        {
            await context.Run(enumerator.DisposeAsync).ConfigureAwait(false);
        }
    }
}
#endif
