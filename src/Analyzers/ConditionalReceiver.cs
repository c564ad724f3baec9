using Microsoft.CodeAnalysis.Operations;

namespace ContextAnalyzers;

/// <summary>The a of <c>a?.B()</c>, and the <c>a?.B()</c> of <c>a?.B()?.C()</c>.</summary>
internal static class ConditionalReceiver
{
    public static IOperation Of(IConditionalAccessInstanceOperation instance)
    {
        IOperation whenNotNull = instance;
        while (whenNotNull.Parent is not IConditionalAccessOperation access || access.WhenNotNull != whenNotNull)
            whenNotNull = whenNotNull.Parent!;

        return ((IConditionalAccessOperation)whenNotNull.Parent).Operation;
    }
}
