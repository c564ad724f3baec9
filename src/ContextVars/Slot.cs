namespace ContextVars;

/// <summary>One Set: its value, and its identity for the token. It holds no link to what it replaced, so that a loop of Sets
/// retains one value.</summary>
internal abstract class Slot(ContextVar variable, int depth) : Root(variable)
{
    private volatile bool _isUsed;

    public ContextVar Variable => Only!;

    /// <summary>How many Sets of the variable are pending in the flow, this one included: one more than that of the slot it
    /// replaced. In one flow, a Set with a greater depth was made on top of this one. Wraps around: compare by difference.</summary>
    public int Depth => depth;

    /// <summary>Whether a token has restored what was there before.</summary>
    public bool IsUsed => _isUsed;

    /// <summary>Whether the value is gone for every flow: see <see cref="ContextVarOptions.BoundedLifetime"/>.</summary>
    public virtual bool IsEnded => false;

    public abstract object? BoxedValue { get; }

    public sealed override Root With(Slot slot) => slot.Variable == Variable ? slot : Map.None.Put(this).Put(slot);

    public sealed override Root Without(ContextVar variable) => variable == Variable ? Map.None : this;

    public sealed override Root OwnedBy(Context? owner) => owner is null ? this : Map.None.OwnedBy(owner).With(this);

    public sealed override IEnumerable<Slot> Slots() => IsEnded ? [] : [this];

    public abstract bool HasValueOf(Slot other);

    public void MarkUsed() => _isUsed = true;

    /// <summary>Drops the value, where the variable's lifetime is bounded.</summary>
    public virtual void End()
    {
    }
}
