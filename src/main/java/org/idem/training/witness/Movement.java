package org.idem.training.witness;

import java.util.List;
import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.LinearMethod;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** How one array of parameters moves along its gradients by a rule, with what the rule remembers. */
final class Movement {
    private final Optimizer rule;

    /** Velocity, or mean of past gradients. */
    private final INDArray first;

    /** Sum or mean of past squares. */
    private final INDArray second;

    private final INDArray scratch;
    private final INDArray root;

    Movement(Optimizer rule, INDArray position) {
        this.rule = rule;
        first = Nd4j.zerosLike(position);
        second = Nd4j.zerosLike(position);
        scratch = Nd4j.zerosLike(position);
        root = Nd4j.zerosLike(position);
    }

    /** Moves the position; overwrites the gradient. Step counts from 0. */
    void move(INDArray position, INDArray gradient, int step) {
        if (rule instanceof LinearMethod descent) {
            descend(descent, position, gradient);
        } else if (rule instanceof Adam adam) {
            remember(first, adam.meanDecay(), 1 - adam.meanDecay(), scratch.assign(gradient));
            remember(second, adam.squareDecay(), 1 - adam.squareDecay(), gradient.muli(gradient));
            double meanBias = 1 - Math.pow(adam.meanDecay(), step + 1.0);
            double squareBias = 1 - Math.pow(adam.squareDecay(), step + 1.0);
            root(squareBias, adam.epsilon());
            position.subi(scratch.assign(first)
                    .divi(meanBias)
                    .muli(adam.learningRate())
                    .divi(root));
        } else if (rule instanceof RmsProp decaying) {
            remember(
                    second,
                    decaying.squareDecay(),
                    1 - decaying.squareDecay(),
                    scratch.assign(gradient).muli(gradient));
            root(1, decaying.epsilon());
            position.subi(gradient.muli(decaying.learningRate()).divi(root));
        } else if (rule instanceof Adagrad adagrad) {
            second.addi(scratch.assign(gradient).muli(gradient));
            root(1, adagrad.epsilon());
            position.subi(gradient.muli(adagrad.learningRate()).divi(root));
        } else {
            throw new IllegalArgumentException("no known rule: " + rule);
        }
    }

    /** memory ← keep·memory + take·value; overwrites the value. */
    private static void remember(INDArray memory, double keep, double take, INDArray value) {
        memory.muli(keep).addi(value.muli(take));
    }

    /** root ← √(second/bias) + ε. */
    private void root(double bias, double epsilon) {
        Transforms.sqrt(root.assign(second).divi(bias), false).addi(epsilon);
    }

    private void descend(LinearMethod optimizer, INDArray position, INDArray gradient) {
        double rate = optimizer.learningRate();
        if (optimizer.weightDecay() > 0) {
            gradient.addi(scratch.assign(position).muli(optimizer.weightDecay()));
        }
        if (optimizer.momentum() == 0) {
            position.subi(gradient.muli(rate));
            return;
        }
        first.muli(optimizer.momentum()).addi(gradient);
        if (optimizer.nesterov()) {
            position.subi(gradient.muli(rate));
            position.subi(scratch.assign(first).muli(rate * optimizer.momentum()));
        } else {
            position.subi(scratch.assign(first).muli(rate));
        }
    }

    void close() {
        List.of(first, second, scratch, root).forEach(INDArray::close);
    }
}
