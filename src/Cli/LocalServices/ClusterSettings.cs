namespace Noah.Cli.LocalServices;

/// <summary>Where a private cluster lives and how it is run.</summary>
/// <param name="Folder">Folder of the cluster: data, and the socket unless its path would be too long.</param>
/// <param name="User">Owner of the server process and its files; null: the user of this program.</param>
/// <param name="LogFile">The server's log.</param>
/// <param name="OwnerPassword">Password of the role that owns the databases and runs migrations.</param>
/// <param name="AppPassword">Password of the role the Api uses.</param>
internal sealed record ClusterSettings(string Folder, OrdinaryUser? User, string LogFile, string OwnerPassword, string AppPassword)
{
    /// <summary>False for throwaway clusters: nothing is forced to disk, a power cut loses the cluster.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>
    /// The cluster of a checkout: in <c>.noah/postgres</c>, or where its owner cannot enter the checkout (a clone under root's home), in a
    /// folder of its own under /var/tmp.
    /// </summary>
    public static async Task<ClusterSettings> ForCheckoutAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(checkout.State, "postgres");
        var user = await OrdinaryUser.OwnerForAsync(folder, cancellationToken);
        if (user is not null && !await user.CanEnterAsync(checkout.State, cancellationToken))
        {
            folder = $"/var/tmp/noah-{user.Name}-{PathDigest.Of(checkout.Root)}";
        }

        return new ClusterSettings(
            folder,
            user,
            checkout.LogOf("postgres"),
            SecretFile.ReadOrCreate(Path.Combine(checkout.State, "owner.password")),
            SecretFile.ReadOrCreate(Path.Combine(checkout.State, "app.password")));
    }
}
