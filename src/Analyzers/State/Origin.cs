namespace ContextAnalyzers.State;

/// <summary>Where a written value comes from. A value can come from several places.</summary>
[Flags]
internal enum OriginKinds
{
    None = 0,

    /// <summary>Depends on who called: a parameter, or what is made of one.</summary>
    Caller = 1,

    /// <summary>Depends on <c>this</c>.</summary>
    Instance = 2,

    /// <summary>null, default, false, zero: nothing is left in the member.</summary>
    Default = 4,

    Constant = 8,

    /// <summary>A new object, made of nothing that depends on the caller.</summary>
    Fresh = 16,

    /// <summary>The <c>this</c> reference itself.</summary>
    This = 32,

    /// <summary>Whatever a call or a field returned.</summary>
    Opaque = 64,
}

/// <summary>The origin of a value: kinds, the parameters of the function under analysis that it is made of, the member it was taken from.</summary>
internal readonly record struct Origin(OriginKinds Kinds, ulong Parameters = 0, StateMember? TakenFrom = null)
{
    public static readonly Origin Opaque = new(OriginKinds.Opaque);

    /// <summary>What <c>++</c> adds.</summary>
    public static readonly Origin One = new(OriginKinds.Constant);

    /// <summary>What a parameter brings. Those of a local function come after those of the functions around it.</summary>
    public static Origin Of(IParameterSymbol parameter)
    {
        var number = parameter.Ordinal;

        for (var outer = parameter.ContainingSymbol.ContainingSymbol; outer is IMethodSymbol function; outer = outer.ContainingSymbol)
            number += function.Parameters.Length;

        return new(OriginKinds.None, 1UL << Math.Min(number, 63));
    }

    /// <summary>Whether it is made of a parameter.</summary>
    public bool Has(IParameterSymbol parameter) => (Parameters & Of(parameter).Parameters) != 0;

    /// <summary>What is left for the caller of a function, who knows what its parameters are.</summary>
    public Origin WithoutParametersOf(IMethodSymbol function)
    {
        var rest = Parameters;

        foreach (var parameter in function.Parameters)
            rest &= ~Of(parameter).Parameters;

        return this with { Parameters = rest };
    }

    /// <summary>Two flows would write two different values.</summary>
    public bool DependsOnFlow => Parameters != 0 || (Kinds & (OriginKinds.Caller | OriginKinds.Instance)) != 0;

    public bool DependsOnCaller => Parameters != 0 || (Kinds & OriginKinds.Caller) != 0;

    /// <summary>Only null, default and the like: the write clears the member.</summary>
    public bool IsDefault => Kinds == OriginKinds.Default && Parameters == 0 && TakenFrom is null;

    public bool IsConstant => (Kinds & ~(OriginKinds.Default | OriginKinds.Constant)) == 0 && Parameters == 0 && TakenFrom is null;

    public static Origin operator |(Origin left, Origin right) =>
        new(left.Kinds | right.Kinds, left.Parameters | right.Parameters, left.TakenFrom ?? right.TakenFrom);
}
