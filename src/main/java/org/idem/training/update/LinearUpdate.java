package org.idem.training.update;

import java.util.List;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Numbers;

/** Gradient descent, heavy ball and Nesterov's method, with weight decay. */
final class LinearUpdate implements Update {
    private final LinearMethod optimizer;
    private final int count;
    private final Memory velocity;

    LinearUpdate(LinearMethod optimizer, int count, Precision precision) {
        this.optimizer = optimizer;
        this.count = count;
        velocity = Memory.allocate(optimizer.momentum() == 0 ? 0 : count, precision);
    }

    @Override
    public void apply(Memory position, Memory gradient, int first, int length, int step) {
        double rate = optimizer.learningRate();
        if (optimizer.weightDecay() > 0) {
            gradient.add(length, optimizer.weightDecay(), position);
        }
        if (optimizer.momentum() == 0) {
            position.add(length, -rate, gradient);
            return;
        }
        Memory velocity = this.velocity.from(first);
        velocity.scale(length, optimizer.momentum());
        velocity.add(length, 1, gradient);
        if (optimizer.nesterov()) {
            position.add(length, -rate, gradient);
            position.add(length, -rate * optimizer.momentum(), velocity);
        } else {
            position.add(length, -rate, velocity);
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public List<Numbers> state() {
        return optimizer.momentum() == 0 ? List.of() : List.of(velocity);
    }
}
