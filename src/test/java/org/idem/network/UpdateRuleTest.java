package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Optimisers by their words, with PyTorch's constants. */
class UpdateRuleTest {
    @Test
    void constantsAreThoseOfPyTorch() {
        assertEquals(new LinearMethod(0.5, 0.9, true, 0.1), UpdateRule.SGD.optimizer(0.5, 0.9, true, 0.1));
        assertEquals(new Adam(0.5, 0.9, 0.999, 1e-8), UpdateRule.ADAM.optimizer(0.5, 0, false, 0));
        assertEquals(new RmsProp(0.5, 0.99, 1e-8), UpdateRule.RMSPROP.optimizer(0.5, 0, false, 0));
        assertEquals(new Adagrad(0.5, 1e-10), UpdateRule.ADAGRAD.optimizer(0.5, 0, false, 0));
    }

    @Test
    void usualRatesAndWords() {
        for (UpdateRule rule : UpdateRule.values()) {
            assertEquals(rule == UpdateRule.SGD ? 0.01 : 0.001, rule.usualLearningRate());
        }
        assertEquals("rmsprop", UpdateRule.RMSPROP.toString());
    }

    @Test
    void momentumAndDecayBelongToSgd() {
        for (UpdateRule rule : new UpdateRule[] {UpdateRule.ADAM, UpdateRule.RMSPROP, UpdateRule.ADAGRAD}) {
            String said = "momentum, nesterov and weight decay must go with sgd, got " + rule;
            Refusal.says(said, () -> rule.optimizer(1, 0.5, false, 0));
            Refusal.says(said, () -> rule.optimizer(1, 0, true, 0));
            Refusal.says(said, () -> rule.optimizer(1, 0, false, 0.1));
            Refusal.says("learning rate must be positive and finite, got 0.0", () -> rule.optimizer(0, 0, false, 0));
        }
    }
}
