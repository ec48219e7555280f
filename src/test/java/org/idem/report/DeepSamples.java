package org.idem.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.idem.network.Activation;
import org.idem.theorem.exhibit.NormHistogram;
import org.idem.theorem.exhibit.ShiftCurve;
import org.idem.theorem.exhibit.SizeByDepth;
import org.idem.theorem.exhibit.StrengthCurve;

/** Exhibits of deep networks as runs have them. */
final class DeepSamples {
    private DeepSamples() {}

    /** Five networks that rise one after another, and layers that hardly do. */
    static List<StrengthCurve> strengths() {
        List<StrengthCurve> curves = new ArrayList<>();
        for (int depth = 1; depth <= 5; depth++) {
            int middle = 60 * depth;
            List<Double> values = IntStream.rangeClosed(0, 500)
                    .mapToObj(step -> 1 / (1 + Math.exp((middle - step) / 20.0)))
                    .toList();
            curves.add(new StrengthCurve("Whole networks", depth + " layers", values, values));
            double start = 0.2 * depth;
            List<Double> layer = IntStream.rangeClosed(0, 500)
                    .mapToObj(step -> start + step / 5000.0)
                    .toList();
            curves.add(new StrengthCurve("Layers", "layer " + depth, layer, layer));
        }
        return curves;
    }

    /** A narrow law and a wide one with many dead networks. */
    static List<NormHistogram> norms() {
        return List.of(norm(Activation.LINEAR, 0.2, 0, 0), norm(Activation.RELU, 0.6, 0.31, 0.3));
    }

    private static NormHistogram norm(Activation activation, double spread, double atom, double dead) {
        List<NormHistogram.Bin> bins = new ArrayList<>();
        List<NormHistogram.Expected> curve = new ArrayList<>();
        for (int bin = -20; bin < 8; bin++) {
            double from = Math.pow(10, bin / 8.0);
            double to = Math.pow(10, (bin + 1) / 8.0);
            double share = (1 - atom) * Math.exp(-Math.pow((bin + 0.5) / 8 / spread, 2) / 2) / (8 * spread * 2.5);
            bins.add(new NormHistogram.Bin(from, to, 0.9 * share, share));
            curve.add(new NormHistogram.Expected(Math.sqrt(from * to), share));
        }
        return new NormHistogram(activation, 12, 2000, bins, curve, dead, atom, 0.02);
    }

    /** From what vanishes to what explodes. */
    static List<SizeByDepth> sizes() {
        List<SizeByDepth> kinds = new ArrayList<>();
        for (int kind = 0; kind < 4; kind++) {
            double base = new double[] {1.3, 1.05, 1, 0.4}[kind];
            List<SizeByDepth.Row> rows = IntStream.of(1, 2, 3, 5, 8, 12, 16, 20)
                    .mapToObj(depth -> {
                        double size = Math.pow(base, depth);
                        return new SizeByDepth.Row(depth, size, 1.1 * size, (depth == 20 ? 1.2 : 0.1) * size);
                    })
                    .toList();
            kinds.add(new SizeByDepth("residual 1/" + kind, kind < 2, 300, rows));
        }
        return kinds;
    }

    /** Networks that leave the bound, networks that come to it, and one without a theorem that falls below. */
    static List<ShiftCurve> shifts() {
        List<ShiftCurve> curves = new ArrayList<>();
        for (int depth = 1; depth <= 4; depth++) {
            int each = depth;
            curves.add(new ShiftCurve(
                    false, depth + " layers", rows(step -> 1.3 + 0.7 * step / (step + 20.0 * each), true)));
            curves.add(new ShiftCurve(
                    true,
                    depth == 4 ? "4 layers, zero padding" : depth + " layers",
                    depth == 4
                            ? rows(step -> 2 * Math.exp(-step / 100.0), false)
                            : rows(step -> 1 + Math.exp(-step / (20.0 * each)), true)));
        }
        return curves;
    }

    private static List<ShiftCurve.Row> rows(IntToDoubleFunction distance, boolean predicted) {
        return IntStream.rangeClosed(0, 30)
                .mapToObj(row -> {
                    double value = distance.applyAsDouble(10 * row);
                    return new ShiftCurve.Row(10 * row, predicted ? value : Double.NaN, value);
                })
                .toList();
    }
}
