namespace Noah.Simulation.Draws;

/// <summary>What a stream of draws is for; a new purpose goes to the end, since the number is part of the stream's key.</summary>
internal enum StreamPurpose
{
    Attributes,
    Consent,
    Latent,
    History,
    Assignment,
    Outcome,
    Response,
    Address,
}
