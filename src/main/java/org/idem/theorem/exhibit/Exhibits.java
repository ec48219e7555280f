package org.idem.theorem.exhibit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.idem.execution.Crew;
import org.idem.image.Image;
import org.idem.image.ImagePool;
import org.idem.network.Initializer;
import org.jspecify.annotations.Nullable;

/**
 * All exhibits of one report.
 *
 * @param losses loss curves, an FCN's before a CNN's
 * @param strips image strips, the FCN's first
 * @param sweep error against kernel size, null if it is missing
 * @param deep pictures of networks of many layers
 * @param missing what could not be shown and why, one line each
 */
public record Exhibits(
        List<LossCurve> losses,
        List<ImageStrip> strips,
        @Nullable KernelSweep sweep,
        DeepExhibits deep,
        List<String> missing) {
    /** No exhibits at all. */
    public static final Exhibits NONE = new Exhibits(List.of(), List.of(), null, DeepExhibits.NONE, List.of());

    /** Networks of each kind whose mean is taken. */
    private static final int RANDOM = 200;
    /** Networks of each kind that are counted. */
    private static final int COUNTED = 2000;

    private static final int SWEEP_SIDE = 12;
    private static final int SWEEP_NETWORKS = 50;
    private static final int SWEEP_STEPS = 1000;
    private static final List<Integer> SWEEP_KERNELS = List.of(3, 5, 7, 9, 11, 13, 15, 17);

    /** Copies the lists. */
    public Exhibits {
        losses = List.copyOf(losses);
        strips = List.copyOf(strips);
        missing = List.copyOf(missing);
    }

    /** Some exhibits, and the family of the theorems that they show. */
    private record Part(String family, Supplier<Exhibits> maker) {}

    /**
     * Predicts and trains what shows some theorems, several networks at a time, which takes seconds.
     *
     * @param pool images of small sizes, for loss curves and the kernel sweep
     * @param images at full size and at least one, for the strips: the first is trained on, the second tested
     * @param seed seed of all initial weights; the same seed gives the same exhibits
     * @param families of the theorems, such as T1; what shows others is left out
     * @return the exhibits; what an unusual image forbids is named as missing
     */
    public static Exhibits of(ImagePool pool, List<Image> images, long seed, Set<String> families) {
        ImageStrips pictures = new ImageStrips(images.get(0), images.get(images.size() > 1 ? 1 : 0), seed);
        LossCurves curves = new LossCurves(pool, seed);
        StrengthCurves strengths = new StrengthCurves(pool, seed);
        ShiftCurves shifts = new ShiftCurves(pool, seed);
        DeepExhibits none = DeepExhibits.NONE;
        List<Part> parts = new ArrayList<>(); // what takes longest comes first
        parts.add(part("T2", "error against kernel size", () -> NONE.with(sweep(pool, seed))));
        parts.add(part("T6", "answers of CNNs to shifts", () -> NONE.with(none.withShifts(shifts.memorising()))));
        parts.add(part("T5", "random networks by depth", () -> NONE.with(none.with(new SizesByDepth(RANDOM, seed)))));
        parts.add(part("T1", "images of an FCN", () -> NONE.with(pictures.fcn())));
        for (int kernel : ImageStrips.KERNELS) {
            parts.add(part("T2", "images of a " + ImageStrips.name(kernel), () -> NONE.with(pictures.cnn(kernel))));
        }
        parts.add(part("T6", "CNNs trained on one image", () -> NONE.with(none.withShifts(shifts.returning()))));
        parts.add(
                part("T5", "sizes of random networks", () -> NONE.with(none.with(new NormHistograms(COUNTED, seed)))));
        parts.add(part("T4", "singular values by depth", () -> NONE.with(none.withStrengths(strengths.byDepth()))));
        parts.add(part("T4", "singular values by layer", () -> NONE.with(none.withStrengths(strengths.byLayer()))));
        parts.add(part(
                "T4", "singular values by mode", () -> NONE.with(none.withModes(new ModeCurves(pool, seed).modes()))));
        parts.add(part("T4", "gradient flow by depth", () -> NONE.with(none.withModes(strengths.flowing()))));
        parts.add(part("T1", "loss of an FCN", () -> NONE.with(curves.fcn())));
        parts.add(part("T2", "loss of a CNN", () -> NONE.with(curves.cnn())));
        List<Supplier<Exhibits>> asked = parts.stream()
                .filter(part -> families.contains(part.family()))
                .map(Part::maker)
                .toList();
        return Crew.map(asked, Supplier::get).stream().reduce(NONE, Exhibits::and);
    }

    /**
     * An exhibit, or the reason why there is none: it proves nothing, so nothing that goes wrong may cost the report.
     */
    private static Part part(String family, String what, Supplier<Exhibits> maker) {
        return new Part(family, () -> {
            try {
                return maker.get();
            } catch (RuntimeException refused) {
                String reason = what + ": " + Objects.requireNonNullElse(refused.getMessage(), "failed");
                return new Exhibits(List.of(), List.of(), null, DeepExhibits.NONE, List.of(reason));
            }
        });
    }

    private Exhibits with(KernelSweep kernels) {
        return new Exhibits(losses, strips, kernels, deep, missing);
    }

    private Exhibits with(ImageStrip strip) {
        return new Exhibits(losses, List.of(strip), sweep, deep, missing);
    }

    private Exhibits with(List<LossCurve> curves) {
        return new Exhibits(curves, strips, sweep, deep, missing);
    }

    private Exhibits with(DeepExhibits more) {
        return new Exhibits(losses, strips, sweep, more, missing);
    }

    private Exhibits and(Exhibits more) {
        return new Exhibits(
                joined(losses, more.losses),
                joined(strips, more.strips),
                sweep == null ? more.sweep : sweep,
                deep.and(more.deep),
                joined(missing, more.missing));
    }

    static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static KernelSweep sweep(ImagePool pool, long seed) {
        int kind = Math.max(0, pool.kinds().indexOf("digit"));
        List<Image> images = Stream.of(3, 5)
                .map(number -> new Image(
                        pool.kinds().get(kind) + " " + number + ", " + SWEEP_SIDE + "×" + SWEEP_SIDE,
                        pool.draw(kind, 1, SWEEP_SIDE, SWEEP_SIDE, number).slice(0)))
                .toList();
        return KernelSweep.of(
                images.get(0),
                images.get(1),
                Initializer.PYTORCH,
                SWEEP_KERNELS,
                new KernelSweep.Effort(SWEEP_NETWORKS, SWEEP_STEPS, seed));
    }
}
