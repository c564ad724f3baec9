namespace LeakyApi;

/// <summary>A slow service that knows the stock.</summary>
internal sealed class Warehouse(ILogger<Warehouse> log)
{
    /// <remarks>
    /// The bug: the call gets a trace of its own, and nobody takes it back. This method is not async, so what it sets stays set in its
    /// caller: the rest of the order runs under the trace of the warehouse.
    /// </remarks>
    public Task<int> CountAsync(string product)
    {
        var token = Trace.Id.Set(Trace.Id.Get() + "/warehouse");
        try
        {
            return AskAsync(product);
        }
        finally
        {
            Trace.Id.Reset(token);
        }
    }

    private async Task<int> AskAsync(string product)
    {
        await Task.Delay(Random.Shared.Next(1, 20));
        log.LogInformation("Counted {Product}", product);
        return product.Length * 100;
    }
}
