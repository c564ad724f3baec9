namespace ContextVars;

/// <summary>Several variables set at once, at the price of one change of the flow. Disposing it restores what was there before.</summary>
/// <remarks>
/// <para>Safe for concurrent use. Each variable follows the rules of <see cref="Token{T}.Dispose"/>: never throws, a second call does
/// nothing, Sets made since are dropped. PEP 567 has no counterpart.</para>
/// <example><code>using (ContextScope.Set(RequestId, "r-1", Tenant, "acme")) { … }</code></example>
/// </remarks>
public readonly struct ContextScope : IDisposable
{
    private readonly Slot[]? _slots;
    private readonly Change _change;

    private ContextScope(Root before, Root after, params Slot[] slots)
    {
        _slots = slots;
        _change = Change.Write(before, after);
    }

    /// <summary>Sets two variables.</summary>
    /// <exception cref="ArgumentNullException">A variable is null. Nothing has been set then.</exception>
    public static ContextScope Set<T1, T2>(ContextVar<T1> variable1, T1 value1, ContextVar<T2> variable2, T2 value2)
    {
        var before = Root.Current;
        var after = before;
        var slot1 = Add(variable1, value1, ref after, nameof(variable1));
        var slot2 = Add(variable2, value2, ref after, nameof(variable2));
        return new ContextScope(before, after, slot1, slot2);
    }

    /// <summary>Sets three variables.</summary>
    /// <exception cref="ArgumentNullException">A variable is null. Nothing has been set then.</exception>
    public static ContextScope Set<T1, T2, T3>(
        ContextVar<T1> variable1, T1 value1, ContextVar<T2> variable2, T2 value2, ContextVar<T3> variable3, T3 value3)
    {
        var before = Root.Current;
        var after = before;
        var slot1 = Add(variable1, value1, ref after, nameof(variable1));
        var slot2 = Add(variable2, value2, ref after, nameof(variable2));
        var slot3 = Add(variable3, value3, ref after, nameof(variable3));
        return new ContextScope(before, after, slot1, slot2, slot3);
    }

    /// <summary>Sets four variables.</summary>
    /// <exception cref="ArgumentNullException">A variable is null. Nothing has been set then.</exception>
    public static ContextScope Set<T1, T2, T3, T4>(
        ContextVar<T1> variable1, T1 value1, ContextVar<T2> variable2, T2 value2,
        ContextVar<T3> variable3, T3 value3, ContextVar<T4> variable4, T4 value4)
    {
        var before = Root.Current;
        var after = before;
        var slot1 = Add(variable1, value1, ref after, nameof(variable1));
        var slot2 = Add(variable2, value2, ref after, nameof(variable2));
        var slot3 = Add(variable3, value3, ref after, nameof(variable3));
        var slot4 = Add(variable4, value4, ref after, nameof(variable4));
        return new ContextScope(before, after, slot1, slot2, slot3, slot4);
    }

    /// <summary>Restores what was there before, as far as that is still to be done in this flow. Never throws.</summary>
    public void Dispose()
    {
        if (_slots is null)
            return;

        var undone = _change.TryUndo();
        foreach (var slot in _slots)
        {
            if (undone)
                slot.End();
            else
                _change.Undo(slot);
        }
    }

    private static Slot<T> Add<T>(ContextVar<T> variable, T value, ref Root root, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(variable, parameterName);

        var slot = variable.SlotFor(value, root);
        root = root.With(slot);
        return slot;
    }
}
