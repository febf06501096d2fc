namespace Noah.Heuristics.SendTime;

/// <summary>One member's place after spreading.</summary>
/// <param name="Hour">Local hour, or null when no allowed hour had room left.</param>
/// <param name="WasMoved">
/// Whether the chosen hour was full and another one was taken: the probability of the choice is then no longer the probability of the
/// hour, so the send time of such a member must not be weighted by it.
/// </param>
public readonly record struct SpreadHour(int? Hour, bool WasMoved);

/// <summary>Keeps a cohort's sends within a maximum per hour.</summary>
public static class HourSpreading
{
    /// <summary>
    /// First come, first served in the given order: a member whose hour is full goes to its most probable allowed hour with room, so a
    /// caller that wants no member favoured gives a random order.
    /// </summary>
    /// <param name="chosenHours">Chosen hour of each member, 0 to 23; shape [members].</param>
    /// <param name="probabilities">Probability of each hour for each member, 0 where not allowed; shape [members × 24], row-major.</param>
    /// <param name="capacityPerHour">Greatest number of sends of each hour, ≥ 0; shape [24].</param>
    /// <returns>Each member's place, in the order given; shape [members].</returns>
    /// <exception cref="ArgumentException">A length, hour or capacity is out of range.</exception>
    public static SpreadHour[] Spread(ReadOnlySpan<int> chosenHours, ReadOnlySpan<double> probabilities, ReadOnlySpan<int> capacityPerHour)
    {
        if (probabilities.Length != chosenHours.Length * HourCounts.Hours)
        {
            throw new ArgumentException($"Length {probabilities.Length} must be {chosenHours.Length} × {HourCounts.Hours}.", nameof(probabilities));
        }

        if (capacityPerHour.Length != HourCounts.Hours || capacityPerHour.ContainsAnyExceptInRange(0, int.MaxValue))
        {
            throw new ArgumentException($"A capacity of at least 0 is needed for each of {HourCounts.Hours} hours.", nameof(capacityPerHour));
        }

        var room = capacityPerHour.ToArray();
        var places = new SpreadHour[chosenHours.Length];
        for (var member = 0; member < places.Length; member++)
        {
            var chosen = chosenHours[member];
            if (chosen is < 0 or >= HourCounts.Hours)
            {
                throw new ArgumentOutOfRangeException(nameof(chosenHours), $"Member {member}: hour {chosen} must lie in [0, 23].");
            }

            int? hour = room[chosen] > 0 ? chosen : MostProbableWithRoom(probabilities.Slice(member * HourCounts.Hours, HourCounts.Hours), room);
            places[member] = new SpreadHour(hour, hour != chosen);
            if (hour is { } taken)
            {
                room[taken]--;
            }
        }

        return places;
    }

    private static int? MostProbableWithRoom(ReadOnlySpan<double> probabilities, int[] room)
    {
        int? best = null;
        for (var hour = 0; hour < room.Length; hour++)
        {
            if (room[hour] > 0 && probabilities[hour] > 0 && (best is null || probabilities[hour] > probabilities[best.Value]))
            {
                best = hour;
            }
        }

        return best;
    }
}
