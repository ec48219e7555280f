package org.idem.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.idem.network.Initializer;
import org.idem.network.Padding;
import org.idem.provenance.Provenance;
import org.idem.report.figure.Figure;
import org.idem.report.figure.KernelFigure;
import org.idem.report.figure.LossFigure;
import org.idem.report.figure.NormFigure;
import org.idem.report.figure.OutputsFigure;
import org.idem.report.figure.ShiftFigure;
import org.idem.report.figure.SizeFigure;
import org.idem.report.figure.StrengthFigure;
import org.idem.theorem.Evidence;
import org.idem.theorem.Rate;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.theorem.exhibit.KernelSweep;
import org.idem.theorem.exhibit.LossCurve;
import org.idem.theory.generalisation.KernelBounds;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.idem.verification.Refinement;
import org.idem.verification.Tally;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;

/** Figures of results as runs have them, and of results as no run should. */
final class ChartSamples {
    private static final double LEVEL = 1e-5;
    private static final int THEOREMS = 16;
    private static final int TRIALS = 120;

    private ChartSamples() {}

    static List<Named<Figure>> all() {
        List<Named<Figure>> all = new ArrayList<>();
        add(all, "good", good());
        add(all, "bad", bad());
        add(all, "hostile", Samples.hostile().results());
        add(all, "alike", List.of(result(0, trial -> new Evidence.Compared(1e-16, 1e-14), 20, null)));
        add(all, "narrow", List.of(result(0, trial -> new Evidence.Compared(0.9 + trial / 1e4, 1), 200, null)));
        add(all, "limits", limits());
        all.add(Named.of("losses", LossFigure.of(losses())));
        all.add(Named.of("kernels", KernelFigure.of(kernels())));
        all.add(Named.of("strengths", StrengthFigure.of(DeepSamples.strengths())));
        all.add(Named.of("modes", StrengthFigure.ofModes(DeepSamples.strengths())));
        all.add(Named.of("norms", NormFigure.of(DeepSamples.norms())));
        all.add(Named.of("sizes", SizeFigure.of(DeepSamples.sizes())));
        all.add(Named.of("shifts", ShiftFigure.of(DeepSamples.shifts())));
        all.add(Named.of("few outputs", OutputsFigure.of(new double[] {0, 1e-3, 0.2, 3})));
        all.add(Named.of(
                "many outputs",
                OutputsFigure.of(new SplittableRandom(1)
                        .doubles(784)
                        .map(number -> number * number)
                        .toArray())));
        all.add(Named.of(
                "broken outputs", OutputsFigure.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1, 1e9})));
        all.add(Named.of("power of one", power(List.of(curve(11, 0.3)))));
        all.add(Named.of(
                "power of all",
                power(IntStream.range(0, Theorems.list().size())
                        .mapToObj(index -> curve(index, Math.pow(10, -14.0 + index % 14)))
                        .toList())));
        return all;
    }

    private static void add(List<Named<Figure>> all, String name, List<TheoremResult> results) {
        Page.of(Samples.report("builtin", results, Exhibits.NONE), Path.of("nowhere"))
                .figures()
                .forEach(figure -> all.add(Named.of(name + ": " + figure.id(), figure)));
    }

    /** As a run of all theorems has them: budgets of both precisions, bounds, laws, and a few strays. */
    static List<TheoremResult> good() {
        List<TheoremResult> results = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int theorem = 0; theorem < THEOREMS; theorem++) {
            Function<Integer, Evidence> evidence = switch (theorem % 8) {
                case 0 -> trial -> new Evidence.Compared(0, trial % 3 == 0 ? 0 : 1e-25);
                case 1, 2, 3 -> trial -> compared(random, trial % 2 == 0 ? 1e-14 : 1e-6);
                case 4 -> trial -> bounded(random, 0.05);
                case 5 -> trial -> new Evidence.Placed(random.nextDouble());
                case 6 -> trial -> new Evidence.Averaged(1.01, 16, 1, 1, 0);
                default -> trial -> trial == 3 ? new Evidence.Compared(1e-40, 1e-27) : compared(random, 1e-9);
            };
            boolean refined = theorem % 8 == 1;
            results.add(result(
                    theorem,
                    evidence,
                    TRIALS,
                    refined
                            ? new Refinement(IntStream.range(0, 64)
                                    .mapToObj(trial -> trial == 0
                                            ? 193.0
                                            : trial == 1 ? Double.POSITIVE_INFINITY : 26 + 6 * random.nextDouble())
                                    .toList())
                            : null));
        }
        return results;
    }

    /** Two claimed limits: one holds but for a few strays, the other does not. */
    static List<TheoremResult> limits() {
        SplittableRandom random = new SplittableRandom(9);
        TheoremResult kept = result(
                0,
                trial -> new Evidence.Shrunk(
                        trial == 0 ? Double.NaN : trial == 1 ? 9 : 2 + 0.1 * random.nextGaussian(), Rate.exactly(2)),
                TRIALS,
                null);
        TheoremResult wrong = result(
                1,
                trial -> new Evidence.Shrunk(
                        trial == 0 ? Double.POSITIVE_INFINITY : 0.5 + 0.1 * random.nextGaussian(), Rate.atLeast(1)),
                TRIALS,
                null);
        return List.of(kept, refuted(wrong, new Verdict.LimitRefuted(TRIALS - 1, 0.9, LEVEL, wrong.tally())));
    }

    /** Everything refuted: by trials, by precision, by frequency, by a law. */
    static List<TheoremResult> bad() {
        SplittableRandom random = new SplittableRandom(8);
        List<TheoremResult> results = new ArrayList<>();
        TheoremResult wrong = result(
                1,
                trial -> trial == 7
                        ? new Evidence.Compared(1e-3, 1e-22)
                        : compared(random, trial % 2 == 0 ? 1e-14 : 1e-6),
                100,
                null);
        TheoremResult.Entry found = wrong.entries().get(7);
        results.add(refuted(wrong, new Verdict.Refuted(found.configuration(), (Evidence.Measured) found.evidence())));
        TheoremResult kept = result(
                2,
                trial -> compared(random, 1e-6),
                100,
                new Refinement(DoubleStream.iterate(-3, digits -> digits + 0.05)
                        .limit(64)
                        .boxed()
                        .toList()));
        results.add(refuted(kept, new Verdict.NotRounding(kept.refinement(), LEVEL, kept.tally())));
        TheoremResult often = result(3, trial -> bounded(random, 0.5), 100, null);
        results.add(refuted(often, new Verdict.Improbable(LEVEL / 2, LEVEL, often.tally())));
        TheoremResult law = result(
                4, trial -> new Evidence.Placed(trial == 0 ? Double.NaN : 0.8 + 0.2 * random.nextDouble()), 100, null);
        results.add(refuted(law, new Verdict.Improbable(LEVEL / 2, LEVEL, law.tally())));
        return results;
    }

    private static TheoremResult refuted(TheoremResult result, Verdict verdict) {
        return new TheoremResult(result.theorem(), verdict, result.entries(), result.variants(), result.refinement());
    }

    private static Evidence compared(SplittableRandom random, double limit) {
        double budget = limit * Math.pow(10, 2 * random.nextDouble());
        return new Evidence.Compared(budget * Math.pow(10, -3 * random.nextDouble()), budget);
    }

    private static Evidence bounded(SplittableRandom random, double failure) {
        double bound = Math.pow(10, 4 * random.nextDouble());
        return new Evidence.Bounded(
                bound * (random.nextDouble() < failure ? 1.3 : random.nextDouble()), bound, bound, 0.05);
    }

    private static TheoremResult result(
            int theorem, Function<Integer, Evidence> evidence, int trials, @Nullable Refinement refinement) {
        Theorem<?> which = Theorems.list().get(theorem);
        List<TheoremResult.Entry> entries = IntStream.range(0, trials)
                .mapToObj(trial -> new TheoremResult.Entry(which.draw(trial), evidence.apply(trial)))
                .toList();
        return new TheoremResult(
                which,
                new Verdict.Confirmed(0.01, 0.99, new Tally(trials, 0, 0, 0)),
                entries,
                List.of(new TheoremResult.VariantResult("left standing", 0, null)),
                refinement);
    }

    /** A loss that falls by 25 decades, one that hardly falls, one that reaches 0. */
    static List<LossCurve> losses() {
        List<LossCurve> curves = new ArrayList<>();
        for (String method : List.of("gradient descent", "heavy ball", "Nesterov")) {
            curves.add(curve("steep", method, step -> Math.pow(10, -step / 8.0)));
            curves.add(curve("flat", method, step -> 0.5 - 0.001 * step));
            curves.add(curve("exact", method, step -> step > 150 ? 0 : Math.pow(10, -step / 50.0)));
        }
        return curves;
    }

    private static LossCurve curve(String network, String method, Function<Integer, Double> loss) {
        List<Double> losses =
                IntStream.rangeClosed(0, 200).mapToObj(loss::apply).toList();
        return new LossCurve(network, method, losses, losses);
    }

    static KernelSweep kernels() {
        List<KernelSweep.Row> rows = new ArrayList<>();
        for (int kernel = 3; kernel <= 17; kernel += 2) {
            double error = kernel < 12 ? 1e-7 : 1e-2;
            rows.add(new KernelSweep.Row(
                    kernel,
                    kernel * kernel,
                    Math.min(144, kernel * kernel),
                    kernel < 12 ? 0 : error,
                    error,
                    new KernelBounds(
                            Math.min(144, kernel * kernel),
                            kernel * kernel,
                            error,
                            1.4 * error,
                            1.4 * error,
                            1.8 * error,
                            12 * error,
                            30 * error,
                            3e3 * error,
                            1e4 * error),
                    1.02 * error,
                    0.05 * error,
                    1.3 * error));
        }
        return new KernelSweep("digit 3, 12×12", "digit 5, 12×12", Initializer.PYTORCH, Padding.SAME, 100, rows);
    }

    private static PowerResult curve(int theorem, double noticed) {
        return new PowerResult(
                Theorems.list().get(theorem),
                100,
                List.of(),
                List.of(
                        new PowerResult.Point(1, 0.98),
                        new PowerResult.Point(noticed, 0.95),
                        new PowerResult.Point(noticed / 2, 0.4),
                        new PowerResult.Point(noticed / 5, 0.1),
                        new PowerResult.Point(1e-8 * noticed, 0)));
    }

    private static Figure power(List<PowerResult> results) {
        return new PowerReport(
                        new Power(100, 7, LEVEL),
                        results,
                        null,
                        new Provenance(Path.of("nowhere"), Instant.EPOCH, Duration.ZERO))
                .figure();
    }
}
