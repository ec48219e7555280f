package org.idem.theorem.onelayer;

import static org.idem.theorem.onelayer.Mistakes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.idem.image.ImagePool;
import org.idem.network.Padding;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;

/** T1 and T2 with their parts: one list of statements, once for FCNs and once for CNNs. */
public final class OneLayerTheorems {
    private static final String DESCENT = "gradient descent";
    private static final String PAPER = "Theorem 1 of Zhang et al., ICLR 2020";
    private static final String BEYOND = "goes beyond Zhang et al., ICLR 2020";

    private final SettingSpace settings;
    private final boolean convolution;
    private final String family;
    private final String data;
    private final List<Theorem<?>> theorems = new ArrayList<>();

    private OneLayerTheorems(ImagePool pool, boolean convolution) {
        this.convolution = convolution;
        settings = new SettingSpace(pool, convolution);
        family = convolution ? "T2" : "T1";
        data = convolution ? "image" : "example";
    }

    /**
     * T1 and its parts.
     *
     * @param pool source of inputs
     * @return in order
     */
    public static List<Theorem<?>> fcn(ImagePool pool) {
        OneLayerTheorems parts = new OneLayerTheorems(pool, false);
        parts.trajectories();
        List<Dimension> some = List.of(
                SettingSpace.EXAMPLES,
                SettingSpace.TARGET,
                SettingSpace.ANY_MOMENTUM,
                SettingSpace.METHOD,
                SettingSpace.STEPS);
        parts.theorems.add(
                new OutputLawTheorem(parts.settings, SettingSpace.gaussian(parts.settings.dimensions(some))));
        List<Dimension> few = List.of(
                SettingSpace.EXAMPLES,
                SettingSpace.ANY_MOMENTUM,
                SettingSpace.METHOD,
                SettingSpace.STEPS,
                SettingSpace.HORIZON);
        parts.theorems.add(new MeanErrorTheorem(
                parts.settings, SettingSpace.replaced(parts.settings.dimensions(few), SettingSpace.FLOAT64)));
        return List.copyOf(parts.theorems);
    }

    /**
     * T2 and its parts.
     *
     * @param pool source of images
     * @return in order
     */
    public static List<Theorem<?>> cnn(ImagePool pool) {
        OneLayerTheorems parts = new OneLayerTheorems(pool, true);
        parts.trajectories();
        // the limit is the same for every method; momentum reaches it sooner
        Dimension fast = Axes.MOMENTUM.between(0.75, 0.9921875);
        parts.theorems.add(new FullRankTheorem(
                parts.settings, parts.settings.dimensions(List.of(fast, SettingSpace.METHOD, SettingSpace.CONTRAST))));
        List<Dimension> some =
                List.of(SettingSpace.BRIGHTNESS, SettingSpace.ANY_MOMENTUM, SettingSpace.METHOD, SettingSpace.STEPS);
        List<Dimension> tested = Stream.concat(
                        some.stream(),
                        Stream.of(ErrorLawTheorem.OF_TRAINING.all().orFirst()))
                .toList();
        // large kernels give laws of many degrees of freedom, which show a wrong variance
        parts.theorems.add(new ErrorLawTheorem(
                parts.settings,
                SettingSpace.replaced(
                        SettingSpace.gaussian(parts.settings.dimensions(tested)),
                        Axes.HEIGHT.logarithmic(4, 28),
                        Axes.WIDTH.logarithmic(4, 28),
                        Axes.CHANNELS.from(2, 3),
                        SettingSpace.kernel(3, 27))));
        parts.theorems.add(new MeanErrorTheorem(
                parts.settings, SettingSpace.replaced(parts.settings.dimensions(some), SettingSpace.FLOAT64)));
        parts.theorems.add(new ImageBoundTheorem(
                parts.settings,
                parts.nearlyAttained(
                        List.of(ImageBoundTheorem.ALONE.all().weighted(2, 1).orFirst()))));
        parts.theorems.add(new UniformBoundTheorem(
                parts.settings, parts.nearlyAttained(List.of(UniformBoundTheorem.LARGEST.between(2, 8)))));
        parts.theorems.add(new RankErrorTheorem(
                parts.settings,
                parts.settings.dimensions(List.of(
                        fast, SettingSpace.METHOD, RankErrorTheorem.DRAWN.all().weighted(3, 1)))));
        return List.copyOf(parts.theorems);
    }

    /**
     * The space of bounds that hold with high probability. Test images have the size of one patch, and most trials use
     * no padding, so that there is a single output pixel: then errors come close to the bounds.
     */
    private List<Dimension> nearlyAttained(List<Dimension> more) {
        List<Dimension> own = new ArrayList<>(List.of(
                BoundScenario.DEVIATION.between(0.25, 2),
                SettingSpace.ANY_MOMENTUM,
                SettingSpace.METHOD,
                SettingSpace.STEPS,
                SettingSpace.HORIZON));
        own.addAll(more);
        return SettingSpace.replaced(
                SettingSpace.gaussian(settings.dimensions(own)),
                Axes.PADDING
                        .among(Padding.VALID, Padding.SAME, Padding.CIRCULAR)
                        .weighted(6, 1, 1));
    }

    private void trajectories() {
        limit();
        steps();
        examples();
        bias();
        decay();
        heavyBall();
        nesterov();
        cyclic();
        flow();
    }

    /** What is trained and how: hypotheses that all statements share. */
    private String trained(String method) {
        String network = convolution
                ? "a one-layer CNN on images of any number of channels, with same, circular or valid padding (which"
                        + " crops the targets), whose patches are the rows of P for one image and the columns of X for all"
                : "a one-layer FCN, whose examples are the columns of X";
        return network + "; it is trained by " + method;
    }

    /** The same at a learning rate that keeps training stable. */
    private String stable(String method) {
        return trained(method) + " with a learning rate inside the stable range of its method";
    }

    private void limit() {
        Statement statement = convolution
                ? new Statement(
                        "A one-layer CNN trained on one image by gradient descent converges to the identity on the span of the image's patches and keeps its initial filters on the orthogonal complement.",
                        "w_{c,t} \\to e_c + (I - \\Pi)(w_{c,0} - e_c), \\qquad \\Pi = P^{+}P",
                        stable(DESCENT),
                        "exact solution behind Theorem 2 of Zhang et al., ICLR 2020")
                : new Statement(
                        "A one-layer FCN trained on one example by gradient descent learns the identity along the example and keeps its initial weights on the orthogonal complement.",
                        "f(x) \\to \\Pi_\\parallel x + W_0 \\Pi_\\perp x, \\qquad \\Pi_\\parallel = \\frac{\\hat x \\hat x^\\top}{\\lVert \\hat x \\rVert^2}",
                        stable(DESCENT),
                        PAPER);
        add(
                "",
                statement,
                List.of(),
                NO_INITIAL_PART,
                NO_PROJECTION,
                WRONG_SPACE,
                WEIGHTS_OFF,
                TARGETS_OFF,
                REVERSED,
                TRANSPOSED);
    }

    private void steps() {
        String text = "After t steps of gradient descent a one-layer " + (convolution ? "CNN" : "FCN")
                + " has kept the factor (1 − αλ)^t of its initial error in each mode of curvature λ.";
        String formula = convolution
                ? "w_{c,t} = e_c + (I - \\alpha P^\\top P)^t (w_{c,0} - e_c)"
                : "W_t = W_0 + \\bigl(1 - (1 - \\alpha s)^t\\bigr)(y - W_0 \\hat x)\\,\\frac{\\hat x^\\top}{s}, \\qquad s = \\lVert \\hat x \\rVert^2";
        add(
                ".steps",
                new Statement(text, formula, stable(DESCENT), BEYOND),
                List.of(SettingSpace.TARGET, SettingSpace.OUTPUTS, SettingSpace.STEPS),
                ONE_STEP_MORE,
                ONE_STEP_LESS,
                OTHER_LOSS,
                NO_INITIAL_PART,
                RATE_OFF,
                REVERSED,
                TRANSPOSED);
    }

    private void examples() {
        add(
                convolution ? ".images" : ".examples",
                new Statement(
                        "Several " + data
                                + "s, dependent ones and inconsistent targets included, follow the trajectory of their stacked design matrix to its least-squares solution.",
                        "\\theta_t = \\theta_* + (\\theta_0 - \\theta_*)\\, r_t(c\\,XX^\\top), \\qquad \\theta_t \\to Y X^{+} + \\theta_0 (I - XX^{+})",
                        stable(DESCENT),
                        BEYOND),
                List.of(
                        SettingSpace.EXAMPLES,
                        SettingSpace.DATA,
                        SettingSpace.TARGET,
                        SettingSpace.OUTPUTS,
                        SettingSpace.STEPS,
                        SettingSpace.HORIZON),
                LAST_EXAMPLE_LOST,
                ONE_STEP_MORE,
                OTHER_LOSS,
                NO_INITIAL_PART,
                NO_PROJECTION,
                RATE_OFF);
    }

    private void bias() {
        add(
                ".bias",
                new Statement(
                        "A trained bias is a constant 1 appended to every input" + (convolution ? " patch" : "") + ".",
                        "f(x) = (W, b)\\binom{x}{1}, \\qquad (W, b)_t = \\theta_t \\text{ for the design matrix } \\binom{X}{1^\\top}",
                        stable(DESCENT),
                        BEYOND),
                List.of(
                        SettingSpace.BIAS,
                        SettingSpace.EXAMPLES,
                        SettingSpace.TARGET,
                        SettingSpace.OUTPUTS,
                        SettingSpace.STEPS,
                        SettingSpace.HORIZON),
                NO_BIAS_AT_START,
                ONE_STEP_MORE,
                OTHER_LOSS,
                NO_INITIAL_PART,
                NO_PROJECTION,
                RATE_OFF);
    }

    private void decay() {
        add(
                ".decay",
                new Statement(
                        "Weight decay ω adds ω to every curvature; what data do not determine decays to zero, and the limit is ridge regression.",
                        "r_t(\\lambda) = (1 - \\eta(c\\lambda + \\omega))^t, \\qquad \\theta_t \\to c\\,Y X^\\top (c\\,XX^\\top + \\omega I)^{-1}",
                        stable("gradient descent with weight decay") + "; ω > 0",
                        BEYOND),
                List.of(
                        SettingSpace.DECAY,
                        SettingSpace.EXAMPLES,
                        SettingSpace.OUTPUTS,
                        SettingSpace.STEPS,
                        SettingSpace.HORIZON),
                NO_DECAY,
                DOUBLE_DECAY,
                ONE_STEP_MORE,
                OTHER_LOSS,
                NO_INITIAL_PART,
                RATE_OFF);
    }

    private void heavyBall() {
        add(
                ".heavy-ball",
                new Statement(
                        "Heavy-ball momentum replaces the residual polynomial by the corner of a matrix power.",
                        "r_t(\\lambda) = \\left[\\begin{pmatrix} 1 - \\alpha\\lambda & -\\eta\\beta \\\\ c\\lambda & \\beta \\end{pmatrix}^{t}\\right]_{11}",
                        stable("the heavy-ball method, with or without weight decay,"),
                        BEYOND),
                List.of(
                        SettingSpace.MOMENTUM,
                        SettingSpace.SOME_DECAY,
                        SettingSpace.EXAMPLES,
                        SettingSpace.OUTPUTS,
                        SettingSpace.STEPS_OVER_ONE,
                        SettingSpace.HORIZON),
                NO_MOMENTUM,
                OTHER_MOMENTUM,
                DAMPED,
                ONE_STEP_MORE,
                NO_INITIAL_PART,
                RATE_OFF);
    }

    private void nesterov() {
        add(
                ".nesterov",
                new Statement(
                        "Nesterov momentum, as frameworks implement it, replaces the residual polynomial by the corner of a matrix power.",
                        "r_t(\\lambda) = \\left[\\begin{pmatrix} 1 - \\alpha\\lambda(1+\\beta) & -\\eta\\beta^2 \\\\ c\\lambda & \\beta \\end{pmatrix}^{t}\\right]_{11}",
                        stable("Nesterov's method, with or without weight decay,"),
                        BEYOND),
                List.of(
                        SettingSpace.NESTEROV,
                        SettingSpace.MOMENTUM,
                        SettingSpace.SOME_DECAY,
                        SettingSpace.EXAMPLES,
                        SettingSpace.OUTPUTS,
                        SettingSpace.STEPS,
                        SettingSpace.HORIZON),
                NO_MOMENTUM,
                OTHER_MOMENTUM,
                DAMPED,
                ONE_STEP_MORE,
                NO_INITIAL_PART,
                RATE_OFF);
    }

    private void cyclic() {
        Statement statement = new Statement(
                "One " + data
                        + " per step in cyclic order leads to the same limit as all at once if the targets are consistent.",
                "\\theta_t = \\theta_* + (\\theta_0 - \\theta_*) \\prod_{j<t} \\bigl(I - \\eta c\\, X_{i_j} X_{i_j}^\\top\\bigr), \\qquad \\theta_t \\to Y X^{+} + \\theta_0 (I - XX^{+})",
                trained("gradient descent on one " + data + " a step, without momentum or decay")
                        + "; every single step is stable; for the limit, consistent targets",
                BEYOND);
        List<Dimension> own = List.of(
                SettingSpace.EXAMPLES,
                SettingSpace.DATA,
                SettingSpace.TARGET,
                SettingSpace.STEPS,
                SettingSpace.HORIZON);
        theorems.add(new CyclicTheorem(family + ".cyclic", statement, settings, space(own)));
    }

    private void flow() {
        Statement statement = new Statement(
                "Gradient flow, the limit of ever shorter steps, multiplies the error in each mode by an exponential.",
                "\\theta(\\tau) = \\theta_* + (\\theta_0 - \\theta_*)\\, e^{-\\tau c\\,XX^\\top}",
                trained("gradient flow")
                        + "; it is seen by extrapolating training with t, 2t, …, 16t steps to steps of length 0",
                BEYOND);
        List<Dimension> own = List.of(SettingSpace.EXAMPLES, SettingSpace.TARGET, FlowTheorem.STEPS);
        theorems.add(new FlowTheorem(family + ".flow", statement, settings, space(own)));
    }

    /**
     * The space of trajectories. With a single image it includes faint ones, whose patches are nearly of deficient
     * rank.
     */
    private List<Dimension> space(List<Dimension> own) {
        List<Dimension> all = new ArrayList<>(own);
        if (convolution) {
            all.add(SettingSpace.CONTRAST);
        }
        return settings.dimensions(all);
    }

    private void add(String suffix, Statement statement, List<Dimension> own, Mistakes... mistakes) {
        List<Mistakes> all = new ArrayList<>(List.of(mistakes));
        if (convolution) {
            all.add(OTHER_PADDING);
        }
        theorems.add(new TrajectoryTheorem(family + suffix, statement, settings, space(own), List.copyOf(all)));
    }
}
