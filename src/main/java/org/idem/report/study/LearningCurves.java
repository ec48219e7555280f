package org.idem.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.idem.laboratory.prediction.InitialOutputs;
import org.idem.laboratory.result.StepMeasures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.report.drawing.Mark;
import org.idem.report.figure.Axis;
import org.idem.report.figure.InWords;
import org.idem.report.figure.Numbers;
import org.idem.wording.Count;

/** Training error, sizes of outputs and correlations against steps, with what theory says of the start. */
final class LearningCurves {
    private static final int MOST_NETWORKS = 24;
    private static final int MOST_NAMED = 12;
    private static final List<Quantity> QUANTITIES = List.of(
            Quantity.TRAIN_ERROR, Quantity.OUTPUT_NORM, Quantity.IDENTITY_CORRELATION, Quantity.CONSTANT_CORRELATION);

    private final Layout layout;

    private LearningCurves(Layout layout) {
        this.layout = layout;
    }

    static List<StudyFigure> of(Layout layout) {
        LearningCurves curves = new LearningCurves(layout);
        List<StudyFigure> figures = new ArrayList<>();
        for (Layout.Part strand : layout.strands()) {
            curves.figure(figures.size() + 1, strand).ifPresent(figures::add);
        }
        return figures;
    }

    private Optional<StudyFigure> figure(int number, Layout.Part strand) {
        List<String> all = Layout.words(strand.networks(), layout.across());
        List<String> words = Layout.some(all, Layout.MOST_LINES);
        List<Network> drawn = strand.networks().stream()
                .filter(network -> words.contains(network.word(layout.across()))
                        && !network.result().progress().isEmpty())
                .toList();
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        boolean few = drawn.size() <= MOST_NETWORKS;
        long seed = drawn.stream().mapToLong(Network::seed).min().orElseThrow();
        List<Network> networks = few
                ? drawn
                : drawn.stream().filter(network -> network.seed() == seed).toList();
        List<StudyFigure.Picture> pictures = new ArrayList<>();
        for (Quantity quantity : QUANTITIES) {
            picture(number, words, networks, quantity).ifPresent(pictures::add);
        }
        return pictures.isEmpty()
                ? Optional.empty()
                : Optional.of(StudyFigure.of(
                        "learning-" + number,
                        "Learning, step by step",
                        strand.words(),
                        "On its way a network may be more like the identity than at the end.",
                        pictures,
                        (few
                                        ? "Each line is one network"
                                                + (networks.size() > words.size()
                                                        ? "; networks of one colour differ by their seeds."
                                                        : ".")
                                        : "Each line is the network of seed " + seed + ".")
                                + (shown(pictures, "theory_mean")
                                        ? " Diamonds: means over seeds that theorems give before the first step."
                                        : "")
                                + (shown(pictures, "theory_low")
                                        ? " Bars at the left end: ranges in which, by theorems, 95 of 100 untrained networks lie."
                                        : "")
                                + " Steps are on a logarithmic axis, with the untrained network at its left end."
                                + layout.alike(
                                        "lines",
                                        "begin at one point",
                                        networks.stream()
                                                .filter(network -> network.seed() == seed)
                                                .map(network -> network.result()
                                                        .progress()
                                                        .subList(0, 1))
                                                .toList())
                                + " On the way, correlations are means "
                                + "over at most ten test images of the training image's size."
                                + notDrawn(all, words)
                                + layout.leftOut(false),
                        false));
    }

    /** Names the networks that have no line, or the first ones of very many. */
    private String notDrawn(List<String> all, List<String> drawn) {
        List<String> others = all.stream()
                .filter(word -> !drawn.contains(word))
                .map(Layout::shown)
                .toList();
        int more = others.size() - MOST_NAMED;
        List<String> named = new ArrayList<>(others.subList(0, Math.min(MOST_NAMED, others.size())));
        if (more > 0) {
            named.add(more + " more");
        }
        return others.isEmpty() ? "" : " Not drawn: " + Layout.name(layout.across()) + " " + Count.list(named) + ".";
    }

    /** Whether a column of theory has numbers. */
    private static boolean shown(List<StudyFigure.Picture> pictures, String column) {
        return pictures.stream()
                .anyMatch(picture -> picture.rows().stream()
                        .map(row -> row.get(picture.columns().indexOf(column)))
                        .anyMatch(cell -> cell instanceof Double number && Double.isFinite(number)));
    }

    private Optional<StudyFigure.Picture> picture(
            int number, List<String> words, List<Network> networks, Quantity quantity) {
        List<List<Object>> rows = new ArrayList<>();
        for (Network network : networks) {
            for (StepMeasures at : network.result().progress()) {
                double value = quantity.of(at.trainError(), at.measures());
                if (!Double.isNaN(value)) {
                    Optional<TheoryRow> said = at.step() == 0 ? untrained(network, quantity) : Optional.empty();
                    rows.add(List.of(
                            network.word(layout.across()),
                            network.seed(),
                            at.step(),
                            value,
                            said.<Object>map(TheoryRow::theorem).orElse(""),
                            said.<Object>map(TheoryRow::mean).orElse(""),
                            said.<Object>map(TheoryRow::low).orElse(""),
                            said.<Object>map(TheoryRow::high).orElse("")));
                }
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        double[] steps = rows.stream().mapToDouble(row -> (Integer) row.get(2)).toArray();
        List<TheoryRow> theory = networks.stream()
                .flatMap(network -> untrained(network, quantity).stream())
                .distinct()
                .toList();
        double[] values = DoubleStream.concat(
                        rows.stream().mapToDouble(row -> (Double) row.get(3)),
                        theory.stream()
                                .flatMapToDouble(said -> DoubleStream.of(said.mean(), said.low(), said.high()))
                                .filter(Double::isFinite))
                .toArray();
        List<Panel.Key> keys = new ArrayList<>(Panel.Key.lines(layout.across(), words));
        theory.stream()
                .map(said -> Panel.Key.theory(
                        (isMean(said) ? "mean by " : "range by ") + said.theorem(),
                        isMean(said) ? Panel.Look.DIAMOND : Panel.Look.RANGE))
                .distinct()
                .forEach(keys::add);
        Panel panel = new Panel(
                quantity.title(),
                quantity.title()
                        + ": a line for each network against steps. Numbers are medians over networks, at the first and"
                        + " the last look."
                        + InWords.sentence(ends(words, networks, quantity), true),
                "steps",
                Scale.of(Axis.logarithmic(steps, 0)),
                Scale.of(quantity.logarithmic() ? Axis.logarithmic(values, 0) : Axis.linear(values, 0)),
                keys);
        for (Network network : networks) {
            List<double[]> points = new ArrayList<>();
            for (StepMeasures at : network.result().progress()) {
                double value = quantity.of(at.trainError(), at.measures());
                if (!Double.isNaN(value)) {
                    points.add(new double[] {panel.x(at.step()), panel.y(value)});
                }
            }
            panel.join(points, words.indexOf(network.word(layout.across())), 1.3);
        }
        for (TheoryRow said : theory) {
            if (isMean(said)) {
                String tip = said.theorem() + ": " + Numbers.brief(said.mean());
                panel.sketch()
                        .add(new Mark.Dot(
                                panel.x(0), panel.y(said.mean()), Panel.DIAMOND, Mark.Sign.DIAMOND, "--ink", tip));
            } else {
                panel.range(panel.x(0), panel.y(said.low()), panel.y(said.high()));
            }
        }
        return Optional.of(new StudyFigure.Picture(
                "learning-" + number + "-" + quantity.column(),
                panel.sketch(),
                List.of(
                        layout.across().replace('-', '_'),
                        "seed",
                        "step",
                        quantity.column(),
                        "theorem",
                        "theory_mean",
                        "theory_low",
                        "theory_high"),
                rows));
    }

    /** Where the networks of each word begin and end. */
    private List<InWords.Line> ends(List<String> words, List<Network> networks, Quantity quantity) {
        List<InWords.Line> lines = new ArrayList<>();
        for (String word : words) {
            List<double[]> curves = networks.stream()
                    .filter(network -> network.word(layout.across()).equals(word))
                    .map(network -> network.result().progress().stream()
                            .mapToDouble(at -> quantity.of(at.trainError(), at.measures()))
                            .filter(value -> !Double.isNaN(value))
                            .toArray())
                    .filter(curve -> curve.length > 0)
                    .toList();
            if (!curves.isEmpty()) {
                lines.add(new InWords.Line(
                        Layout.said(layout.across(), word),
                        List.of(
                                new InWords.At("the first look", median(curves, curve -> curve[0])),
                                new InWords.At("the last", median(curves, curve -> curve[curve.length - 1])))));
            }
        }
        return lines;
    }

    private static double median(List<double[]> curves, ToDoubleFunction<double[]> number) {
        return new Sample(curves.stream().mapToDouble(number).sorted().toArray()).median();
    }

    private static boolean isMean(TheoryRow said) {
        return Double.isFinite(said.mean());
    }

    /** The mean over seeds, or the range, that a theorem gives before the first step. */
    private static Optional<TheoryRow> untrained(Network network, Quantity quantity) {
        return network.result().theory().stream()
                .filter(row -> row.measure().equals(InitialOutputs.INITIAL + quantity.column())
                        && (isMean(row) || Double.isFinite(row.low()) && Double.isFinite(row.high())))
                .findFirst();
    }
}
