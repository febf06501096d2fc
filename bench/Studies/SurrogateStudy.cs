using Noah.Bench.Instances;
using Noah.Prediction.Features;
using Noah.Prediction.Surrogates;
using Noah.Prediction.Value;

namespace Noah.Bench.Studies;

/// <summary>
/// Lifetime value predicted on day 7 in place of the value of 90 days. A model learns from a past cohort; past experiments decide whether it may
/// stand for the truth; then new experiments choose between control and a new arm by it, by the full label, and by the revenue of the first week.
/// Each choice is paid by the known truth. In a second world the arms do what the first week cannot show: the validation must say so.
/// </summary>
internal sealed class SurrogateStudy : IStudy
{
    private const int DelayPart = 7;

    public string Name => "surrogate";

    public string Claim =>
        "Deciding on day 7 by predicted lifetime value earns what waiting 90 days for the label earns, more than deciding by early revenue, and the validation tells where it would not.";

    public IReadOnlyList<StudyParameter> Parameters { get; } =
    [
        new("seed", 1, 0, 1_000_000, "Seed of members, arms and network."),
        new("experiments", 300, 20, 10_000, "New experiments to decide, and a fifth as many past ones to validate by."),
        new("members", 2_000, 100, 100_000, "Members of an arm."),
        new("cohort", 20_000, 1_000, 1_000_000, "Members of the past cohort that the model learns from, and as many matured ones that calibration is judged by."),
    ];

    public StudyResult Run(StudyParameters parameters)
    {
        var seed = (ulong)parameters.Whole("seed");
        var (report, decisions) = Play(new WelcomeWorld(0), parameters, seed);
        var (hidden, _) = Play(new WelcomeWorld(0.6), parameters, seed + 1);
        MeanInterval Difference(Func<Decision, double> first, Func<Decision, double> second) => MeanInterval.Of([.. decisions.Select(d => first(d) - second(d))]);
        var overFull = Difference(d => d.Surrogate, d => d.Full);
        var overEarly = Difference(d => d.Surrogate, d => d.Early);
        var full = decisions.Average(d => d.Full);
        var delay = (double)WelcomeWorld.ProxyDays / WelcomeWorld.LabelDays;
        return new StudyResult(
            [
                new Figure("policyValueSurrogate", decisions.Average(d => d.Surrogate), "money a member"),
                new Figure("policyValueFullLabel", full, "money a member"),
                new Figure("policyValueEarlyRevenue", decisions.Average(d => d.Early), "money a member"),
                new Figure("policy value, always the better arm", decisions.Average(d => d.Best), "money a member"),
                new Figure("policy value, always control", decisions.Average(d => d.Control), "money a member"),
                .. overFull.Figures("surrogate over full label", "money a member"),
                .. overEarly.Figures("surrogate over early revenue", "money a member"),
                new Figure("delay of the surrogate / of the label", delay, "ratio"),
                .. Describe("validation", report),
                .. Describe("validation, hidden effects", hidden),
            ],
            [
                Target.AtLeast("surrogate over full label, lower end / full label's value", overFull.Lower / full, -0.005),
                Target.AtLeast("surrogate over early revenue, lower end", overEarly.Lower, 0),
                Target.AtMost("delay of the surrogate / of the label", delay, 1.0 / DelayPart),
                Target.AtLeast("validation says usable (1 = yes)", report.Status == SurrogateStatus.Usable ? 1 : 0, 1),
                Target.AtLeast("with hidden effects it says not related (1 = yes)", hidden.Status == SurrogateStatus.NotRelated ? 1 : 0, 1),
            ]);
    }

    /// <summary>True value a member of what each way of deciding chose.</summary>
    private sealed record Decision(double Surrogate, double Full, double Early, double Best, double Control);

    private static (SurrogateReport Report, Decision[] Decisions) Play(WelcomeWorld world, StudyParameters parameters, ulong seed)
    {
        int cohort = parameters.Whole("cohort"), members = parameters.Whole("members"), experiments = parameters.Whole("experiments"), past = experiments / 5;
        // A past cohort saw the arms of its time: without them the model would not know what a discount is.
        var (training, trainingValues) = Mixed(world, cohort, seed, 1);
        var model = ValueModel.Train(
            training, new int[trainingValues.Length], trainingValues, new ValueOptions { Head = ValueHead.LognormalMixture, Seed = seed, Folds = 3 });
        var (matured, maturedValues) = Mixed(world, cohort, seed, 1_001);
        var lifts = Enumerable.Range(0, past).Select(e =>
        {
            var (control, arm, _) = Experiment(world, seed, 100_000 + e, members);
            double[] proxies = [.. Predict(model, control), .. Predict(model, arm)];
            return ExperimentLift.Of(proxies, [.. control.Values, .. arm.Values], [.. control.Values.Select(_ => false), .. arm.Values.Select(_ => true)]);
        }).ToArray();
        float[] predicted = [.. model.Predict(matured, 0).Select(prediction => (float)prediction.Mean)];
        var report = SurrogateValidation.Judge(lifts, predicted, maturedValues, new SurrogateOptions { Seed = seed });
        var controlMean = WelcomeWorld.TrueMean(WelcomeWorld.Arm.Control, seed);
        Decision[] decisions =
        [
            .. Enumerable.Range(0, experiments).Select(e =>
            {
                var (control, arm, given) = Experiment(world, seed, 200_000 + e, members);
                var armMean = WelcomeWorld.TrueMean(given, seed);
                double Paid(double ofControl, double ofArm) => ofArm > ofControl ? armMean : controlMean;
                return new Decision(
                    Paid(Predict(model, control).Average(), Predict(model, arm).Average()), Paid(control.Values.Average(), arm.Values.Average()),
                    Paid(control.EarlyRevenue.Average(), arm.EarlyRevenue.Average()), Math.Max(controlMean, armMean), controlMean);
            }),
        ];
        return (report, decisions);
    }

    private static (WelcomeWorld.Cohort Control, WelcomeWorld.Cohort Arm, WelcomeWorld.Arm Given) Experiment(WelcomeWorld world, ulong seed, long number, int members)
    {
        var arm = world.Draw(new CounterRandom(seed, CounterRandom.Stream.Campaign, number));
        return (WelcomeWorld.Members(WelcomeWorld.Arm.Control, members, seed, 2 * number), WelcomeWorld.Members(arm, members, seed, (2 * number) + 1), arm);
    }

    /// <summary>Members of ten arms of the past and of control, as one cohort.</summary>
    private static (FeatureTable Features, float[] Values) Mixed(WelcomeWorld world, int members, ulong seed, long number)
    {
        const int arms = 10;
        WelcomeWorld.Cohort[] cohorts = [.. Enumerable.Range(0, arms).Select(a => WelcomeWorld.Members(
            a < arms / 2 ? WelcomeWorld.Arm.Control : world.Draw(new CounterRandom(seed, CounterRandom.Stream.Campaign, 300_000 + number + a)),
            members / arms, seed, 2_000_000 + number + a))];
        var columns = cohorts[0].Features.Schema.Select(spec => FeatureColumn.Numeric(
            spec.Name, [.. cohorts.SelectMany(cohort => cohort.Features.Column(spec).Numbers.ToArray())]));
        return (new FeatureTable([.. columns]), [.. cohorts.SelectMany(cohort => cohort.Values).Select(value => (float)value)]);
    }

    private static double[] Predict(ValueModel model, WelcomeWorld.Cohort cohort) => [.. model.Predict(cohort.Features, 0).Select(prediction => prediction.Mean)];

    private static IEnumerable<Figure> Describe(string who, SurrogateReport report) =>
    [
        new Figure($"{who}: correlation of lifts", report.Correlation?.Value ?? double.NaN, "correlation"),
        new Figure($"{who}: correlation of lifts, lower end", report.Correlation?.Lower ?? double.NaN, "correlation"),
        new Figure($"{who}: correlation of lifts, upper end", report.Correlation?.Upper ?? double.NaN, "correlation"),
        new Figure($"{who}: raw correlation", report.RawCorrelation ?? double.NaN, "correlation"),
        new Figure($"{who}: same sign", report.SignAgreement ?? double.NaN, "share"),
        new Figure($"{who}: predicted / actual", report.Level?.Value ?? double.NaN, "ratio"),
        new Figure($"{who}: predicted / actual, lower end", report.Level?.Lower ?? double.NaN, "ratio"),
        new Figure($"{who}: predicted / actual, upper end", report.Level?.Upper ?? double.NaN, "ratio"),
        new Figure($"{who}: slope over deciles", report.Slope?.Value ?? double.NaN, "ratio"),
        new Figure($"{who}: slope over deciles, lower end", report.Slope?.Lower ?? double.NaN, "ratio"),
        new Figure($"{who}: slope over deciles, upper end", report.Slope?.Upper ?? double.NaN, "ratio"),
    ];
}
