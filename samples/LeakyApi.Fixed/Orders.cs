namespace LeakyApi;

/// <summary>What a caller gets back: the three ids that the service believes to work for.</summary>
internal sealed record Receipt(string? RequestId, string? User, string TraceId);

internal sealed class Orders(Warehouse warehouse, ILogger<Orders> log)
{
    public async Task<Receipt> PlaceAsync(string product, int quantity)
    {
        // Small orders are always in stock.
        if (quantity > 10 && await warehouse.CountAsync(product) < quantity)
        {
            log.LogWarning("Not enough {Product}", product);
        }

        await Task.Delay(Random.Shared.Next(1, 20)); // the database
        log.LogInformation("Ordered {Quantity} of {Product}", quantity, product);
        return new Receipt(RequestIdMiddleware.RequestId, CurrentUser.Name.Get(), Trace.Id.Get());
    }
}
