package org.idem.theorem.exhibit;

import java.util.List;

/**
 * Pictures of networks of many layers.
 *
 * @param strengths singular values of deep linear networks in training, whole networks before single layers
 * @param modes the same of modes of several images, and of gradient flow
 * @param norms sizes of random networks' outputs, the shallow networks first
 * @param sizes mean squares of random networks by depth
 * @param shifts answers of CNNs to shifted images
 */
public record DeepExhibits(
        List<StrengthCurve> strengths,
        List<StrengthCurve> modes,
        List<NormHistogram> norms,
        List<SizeByDepth> sizes,
        List<ShiftCurve> shifts) {
    /** No pictures. */
    public static final DeepExhibits NONE = new DeepExhibits(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public DeepExhibits {
        strengths = List.copyOf(strengths);
        modes = List.copyOf(modes);
        norms = List.copyOf(norms);
        sizes = List.copyOf(sizes);
        shifts = List.copyOf(shifts);
    }

    DeepExhibits withStrengths(List<StrengthCurve> curves) {
        return new DeepExhibits(curves, modes, norms, sizes, shifts);
    }

    DeepExhibits withModes(List<StrengthCurve> curves) {
        return new DeepExhibits(strengths, curves, norms, sizes, shifts);
    }

    DeepExhibits with(NormHistograms histograms) {
        return new DeepExhibits(strengths, modes, histograms.all(), sizes, shifts);
    }

    DeepExhibits with(SizesByDepth means) {
        return new DeepExhibits(strengths, modes, norms, means.all(), shifts);
    }

    DeepExhibits withShifts(List<ShiftCurve> curves) {
        return new DeepExhibits(strengths, modes, norms, sizes, curves);
    }

    DeepExhibits and(DeepExhibits more) {
        return new DeepExhibits(
                Exhibits.joined(strengths, more.strengths),
                Exhibits.joined(modes, more.modes),
                Exhibits.joined(norms, more.norms),
                Exhibits.joined(sizes, more.sizes),
                Exhibits.joined(shifts, more.shifts));
    }
}
