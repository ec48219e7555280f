package org.idem.training.update;

/**
 * One step of RMSProp or Adagrad: v ← κv + τg², θ ← θ − ηg/(√v + ε).
 *
 * @param kept κ
 * @param taken τ
 * @param rate η
 * @param epsilon ε
 */
record ScaledStep(double kept, double taken, double rate, double epsilon) implements AdaptiveStep {
    @Override
    public void move(double[] position, double[][] state, double[] gradient, int length) {
        double[] square = state[0];
        double kept = this.kept;
        double taken = this.taken;
        double factor = rate;
        double added = epsilon;
        for (int i = 0; i < length; i++) {
            double slope = gradient[i];
            double next = kept * square[i] + taken * slope * slope;
            square[i] = next;
            position[i] -= factor * slope / (Math.sqrt(next) + added);
        }
    }

    @Override
    public void move(float[] position, float[][] state, float[] gradient, int from, int to) {
        float[] square = state[0];
        float kept = (float) this.kept;
        float taken = (float) this.taken;
        float factor = (float) rate;
        float added = (float) epsilon;
        for (int i = from; i < to; i++) {
            float slope = gradient[i];
            float next = kept * square[i] + taken * slope * slope;
            square[i] = next;
            position[i] -= factor * slope / ((float) Math.sqrt(next) + added);
        }
    }
}
