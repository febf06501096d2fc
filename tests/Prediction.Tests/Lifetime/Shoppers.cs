using Noah.Prediction.Features;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Tests.Transactions;
using Noah.Prediction.Transactions;

namespace Noah.Prediction.Tests.Lifetime;

/// <summary>
/// Customers drawn from BG/NBD and gamma-gamma with known parameters, each observed for some weeks and then followed. An attribute may multiply
/// what they spend after the moment, which purchases before it cannot tell. Where nobody leaves they are those of NBD.
/// </summary>
internal sealed class Shoppers
{
    public const double R = 0.6, Alpha = 5, A = 0.8, B = 2.5, P = 4, Q = 4, V = 90;
    public static readonly int[] Horizons = [91, 364];

    public Shoppers(int rows, int seed, double lift = 1, double annualRate = 0, bool leaves = true)
    {
        var random = new Random(seed);
        var options = new LifetimeOptions { HorizonDays = Horizons, AnnualDiscountRate = annualRate };
        var customers = new CustomerSummary[rows];
        float[] tier = new float[rows], noise = new float[rows];
        Amounts = [.. Horizons.Select(_ => new float[rows])];
        for (int row = 0; row < rows; row++)
        {
            double age = 10 + 40 * random.NextDouble();
            double rate = GammaDraw.Of(random, R) / Alpha, first = GammaDraw.Of(random, A), second = GammaDraw.Of(random, B), leaving = leaves ? first / (first + second) : 0;
            double scale = GammaDraw.Of(random, Q) / V, week = 0, last = 0, spent = 0;
            tier[row] = random.Next(2);
            noise[row] = (float)random.NextDouble();
            int repeats = 0;
            while (true)
            {
                week += -Math.Log(1 - random.NextDouble()) / rate;
                double days = (week - age) * 7, amount = GammaDraw.Of(random, P) / scale;
                if (days >= Horizons[^1])
                {
                    break;
                }
                if (days < 0)
                {
                    (repeats, last, spent) = (repeats + 1, week, spent + amount);
                }
                else
                {
                    for (int h = 0; h < Horizons.Length; h++)
                    {
                        Amounts[h][row] += days < Horizons[h] ? (float)(amount * options.DiscountOf(days) * (tier[row] == 1 ? lift : 1)) : 0;
                    }
                }
                if (random.NextDouble() < leaving)
                {
                    break;
                }
            }
            customers[row] = new CustomerSummary(row, repeats, last, age, repeats > 0 ? spent / repeats : 0);
        }
        Table = new LifetimeTable(customers, new FeatureTable([FeatureColumn.Numeric("tier", tier), FeatureColumn.Numeric("noise", noise)]));
    }

    public LifetimeTable Table { get; }

    /// <summary>[horizons][rows].</summary>
    public float[][] Amounts { get; }
}
