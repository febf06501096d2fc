namespace Noah.Simulation.Retail;

internal enum DaylightRule
{
    None,
    UnitedStates,
    EuropeanUnion,
}
