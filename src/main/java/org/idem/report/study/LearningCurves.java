package org.idem.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.idem.laboratory.result.StepMeasures;
import org.idem.report.figure.Axis;

/** Training error and correlations against steps. */
final class LearningCurves {
    private static final int MOST_LINES = 6;
    private static final int MOST_NETWORKS = 24;
    private static final List<Quantity> QUANTITIES =
            List.of(Quantity.TRAIN_ERROR, Quantity.IDENTITY_CORRELATION, Quantity.CONSTANT_CORRELATION);

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
        List<String> words = Layout.some(all, MOST_LINES);
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
                : Optional.of(new StudyFigure(
                        "learning-" + number,
                        Layout.titled("Learning, step by step", strand.words()),
                        "On its way a network may be more like the identity than at the end.",
                        pictures,
                        (few
                                        ? "Each line is one network; networks of one colour differ by their seeds."
                                        : "Each line is the network of seed " + seed + ".")
                                + " Steps are on a logarithmic axis, with the untrained network at its left end. On the way, correlations are means "
                                + "over at most ten test images of the training image's size."
                                + (words.size() < all.size()
                                        ? " Of " + all.size() + " words on the axis " + Layout.name(layout.across())
                                                + ", " + words.size() + " are shown."
                                        : "")
                                + layout.leftOut(false),
                        false));
    }

    private Optional<StudyFigure.Picture> picture(
            int number, List<String> words, List<Network> networks, Quantity quantity) {
        List<List<Object>> rows = new ArrayList<>();
        for (Network network : networks) {
            for (StepMeasures at : network.result().progress()) {
                double value = quantity.of(at.trainError(), at.measures());
                if (!Double.isNaN(value)) {
                    rows.add(List.of(network.word(layout.across()), network.seed(), at.step(), value));
                }
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        double[] steps = rows.stream().mapToDouble(row -> (Integer) row.get(2)).toArray();
        double[] values = rows.stream().mapToDouble(row -> (Double) row.get(3)).toArray();
        Panel panel = new Panel(
                quantity.title(),
                quantity.title() + " against steps, " + networks.size() + " networks.",
                "steps",
                Scale.of(Axis.logarithmic(steps, 0)),
                Scale.of(quantity.logarithmic() ? Axis.logarithmic(values, 0) : Axis.linear(values, 0)),
                Panel.Key.lines(layout.across(), words));
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
        return Optional.of(new StudyFigure.Picture(
                "learning-" + number + "-" + quantity.column(),
                panel.sketch(),
                List.of(layout.across().replace('-', '_'), "seed", "step", quantity.column()),
                rows));
    }
}
