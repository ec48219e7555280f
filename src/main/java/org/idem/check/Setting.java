package org.idem.check;

import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;

/**
 * Loss, optimiser and number of steps of an account: everything besides the data.
 *
 * @param loss normalisation of the loss
 * @param optimizer method
 * @param horizon number of steps, or the limit
 */
record Setting(Loss loss, LinearMethod optimizer, Horizon horizon) {
    static Setting of(Account account) {
        return new Setting(account.problem().loss(), account.optimizer(), account.horizon());
    }

    /** The account with this setting. */
    Account of(Account account, Setting claimed) {
        Account other = loss == claimed.loss ? account : account.with(loss);
        return other.with(optimizer).with(horizon);
    }

    Setting with(Loss other) {
        return new Setting(other, optimizer, horizon);
    }

    Setting with(Horizon other) {
        return new Setting(loss, optimizer, other);
    }

    Setting withRate(double rate) {
        return new Setting(loss, optimizer.withLearningRate(rate), horizon);
    }

    Setting withMomentum(double momentum, boolean nesterov) {
        return new Setting(
                loss,
                new LinearMethod(optimizer.learningRate(), momentum, nesterov && momentum > 0, optimizer.weightDecay()),
                horizon);
    }

    Setting withDecay(double decay) {
        return new Setting(
                loss,
                new LinearMethod(optimizer.learningRate(), optimizer.momentum(), optimizer.nesterov(), decay),
                horizon);
    }

    /** The setting rounded to the precision of the training; numbers that its format cannot hold stay as they are. */
    Setting rounded(Precision precision) {
        double rate = precision.round(optimizer.learningRate());
        double momentum = precision.round(optimizer.momentum());
        double decay = precision.round(optimizer.weightDecay());
        boolean held = rate > 0 && rate < Double.POSITIVE_INFINITY && momentum < 1 && decay < Double.POSITIVE_INFINITY;
        return held
                ? new Setting(
                        loss, new LinearMethod(rate, momentum, optimizer.nesterov() && momentum > 0, decay), horizon)
                : this;
    }

    boolean isLimit() {
        return horizon instanceof Horizon.Limit;
    }

    /** Number of steps, −1 in the limit. */
    int steps() {
        return horizon instanceof Horizon.Steps steps ? steps.count() : -1;
    }
}
