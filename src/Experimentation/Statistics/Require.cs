using System.Runtime.CompilerServices;

namespace Noah.Experimentation.Statistics;

internal static class Require
{
    internal static void OpenUnit(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must lie in (0, 1).");
        }
    }

    internal static void AtLeast(long value, long minimum, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value < minimum)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Must be at least {minimum}.");
        }
    }

    internal static void Finite(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"Value {i} is {values[i]}: every value must be finite.", name);
            }
        }
    }

    internal static void Length(int actual, long expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"Has {actual} elements, expected {expected}.", name);
        }
    }
}
