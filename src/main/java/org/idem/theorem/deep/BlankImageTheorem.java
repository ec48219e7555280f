package org.idem.theorem.deep;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.idem.array.Array;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.idem.theory.deep.BlankImage;
import org.idem.theory.deep.DeepForward;
import org.jspecify.annotations.Nullable;

/**
 * T3.blank-image: on an image that is constant in each channel, a pixel of the output depends only on which borders lie
 * within its receptive field, and how far away they are.
 *
 * @param runs space of runs
 */
record BlankImageTheorem(RunSpace runs) implements Theorem<Viewed> {
    BlankImageTheorem(ImagePool pool) {
        this(new RunSpace(pool));
    }

    @Override
    public String id() {
        return "T3.blank-image";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "On a blank image the output of a zero-padded CNN is that on the smallest blank image whose middle pixel sees no border, with its middle row and column repeated; so all pixels at least L(K − 1)/2 away from the border are equal. Under circular and valid padding all pixels are.",
                "f(i, j) = f_{\\min}\\bigl(\\kappa(i), \\kappa(j)\\bigr), \\qquad \\kappa(i) = \\min(i, \\rho) + \\max(0,\\, i - (H - 1 - \\rho)), \\qquad \\rho = \\tfrac12 L(K-1)",
                "stride 1, odd kernels, one padding in all layers; any weights, trained by any rule, any activations and biases",
                "goes beyond Zhang et al., ICLR 2020");
    }

    @Override
    public List<Dimension> space() {
        return runs.looks();
    }

    @Override
    public double cost(Configuration c) {
        return RunCost.ofLooks(c);
    }

    @Override
    public Viewed scenario(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        DeepRun run = runs.looked(c, random);
        Array trained = run.problem().inputs();
        Array blank = Array.zeros(1, trained.size(1), trained.size(2), trained.size(3));
        Array levels = RunSpace.uniform(random, trained.size(1));
        for (int i = 0; i < blank.length(); i++) {
            blank.values()[i] = levels.values()[i / (blank.size(2) * blank.size(3))];
        }
        return new Viewed(run, blank);
    }

    @Override
    public List<String> describe(Viewed viewed) {
        return viewed.run().describe();
    }

    @Override
    public Observation observe(Viewed viewed) {
        return viewed.observed();
    }

    @Override
    public Claim claim(Viewed viewed) {
        return claim(viewed, viewed.network(), UnaryOperator.identity(), BlankImage.radius(viewed.network()));
    }

    private static Claim claim(
            Viewed viewed, Network network, UnaryOperator<List<StageParameters>> parameters, int radius) {
        return new Claim.Given<>(
                Viewed.View.class,
                seen -> {
                    DeepForward outputs = BlankImage.outputs(
                            network, parameters.apply(seen.parameters()), viewed.image(), radius, viewed.precision());
                    return new Claim.Equality(outputs.values(), outputs.errors());
                },
                Viewed.View::outputs);
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(1e-14);
    }

    @Override
    public List<FalseVariant<Viewed>> falseVariants() {
        return List.of(
                ofRadius("a pixel less is seen", viewed -> Math.max(0, BlankImage.radius(viewed.network()) - 1)),
                ofRadius("a layer less is seen through", viewed -> BlankImage.radius(viewed.network()) - half(viewed)),
                ofRadius("only the view of one layer", BlankImageTheorem::half),
                ofNetwork("circular padding for zeros", viewed -> padded(viewed, Padding.CIRCULAR)),
                ofNetwork("zeros for circular padding", viewed -> padded(viewed, Padding.SAME)),
                ofNetwork("activations left out", BlankImageTheorem::linear),
                ofParameters("biases forgotten", stage -> new StageParameters(stage.weights(), zeros(stage.bias()))),
                ofParameters(
                        "centre taps for sums of kernels",
                        stage -> new StageParameters(centred(stage.weights()), stage.bias())),
                ofParameters(
                        "kernels upside down, as by true convolution",
                        stage -> new StageParameters(reversed(stage.weights()), stage.bias())),
                new FalseVariant.WrongClaim<>(
                        "initial weights for trained ones",
                        viewed -> claim(
                                viewed,
                                viewed.network(),
                                trained -> viewed.run().problem().initial(),
                                BlankImage.radius(viewed.network()))));
    }

    private static int half(Viewed viewed) {
        return ((Cnn) viewed.network().stages().get(0).map()).kernel() / 2;
    }

    /** Only zero padding tells borders. */
    private static FalseVariant<Viewed> ofRadius(String name, Function<Viewed, Integer> radius) {
        return new FalseVariant.WrongClaim<>(name, viewed -> {
            boolean zeros = ((Cnn) viewed.network().stages().get(0).map()).padding() == Padding.SAME;
            int right = BlankImage.radius(viewed.network());
            return claim(viewed, viewed.network(), UnaryOperator.identity(), zeros ? radius.apply(viewed) : right);
        });
    }

    private static FalseVariant<Viewed> ofNetwork(String name, Function<Viewed, Network> network) {
        return new FalseVariant.WrongClaim<>(
                name,
                viewed -> claim(
                        viewed, network.apply(viewed), UnaryOperator.identity(), BlankImage.radius(viewed.network())));
    }

    private static FalseVariant<Viewed> ofParameters(String name, UnaryOperator<StageParameters> change) {
        return new FalseVariant.WrongClaim<>(
                name,
                viewed -> claim(
                        viewed,
                        viewed.network(),
                        trained -> trained.stream().map(change).toList(),
                        BlankImage.radius(viewed.network())));
    }

    private static Network padded(Viewed viewed, Padding believed) {
        return new Network(viewed.network().stages().stream()
                .map(stage -> {
                    Cnn cnn = (Cnn) stage.map();
                    Padding padding = cnn.padding() == Padding.VALID ? Padding.VALID : believed;
                    Cnn map = new Cnn(cnn.channels(), cnn.outputs(), cnn.kernel(), padding, cnn.bias());
                    return new Stage(map, stage.activation(), stage.residual());
                })
                .toList());
    }

    private static Network linear(Viewed viewed) {
        return new Network(viewed.network().stages().stream()
                .map(stage -> new Stage(stage.map(), Activation.LINEAR, stage.residual()))
                .toList());
    }

    private static @Nullable Array zeros(@Nullable Array bias) {
        return bias == null ? null : Array.zeros(bias.shape());
    }

    private static Array centred(Array weights) {
        Array centred = Array.zeros(weights.shape());
        int area = weights.size(2) * weights.size(3);
        for (int i = area / 2; i < weights.length(); i += area) {
            centred.values()[i] = weights.values()[i];
        }
        return centred;
    }

    private static Array reversed(Array weights) {
        Array reversed = Array.zeros(weights.shape());
        int area = weights.size(2) * weights.size(3);
        for (int i = 0; i < weights.length(); i++) {
            reversed.values()[i / area * area + area - 1 - i % area] = weights.values()[i];
        }
        return reversed;
    }
}
