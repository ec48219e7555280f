package org.idem.laboratory;

import org.idem.laboratory.plan.Run;
import org.idem.laboratory.run.StudyRunner;

/**
 * What networks of one shape take.
 *
 * @param secondsBeside all but steps
 * @param secondsOfStep one step
 * @param bytesBeside what the store keeps beside looks
 * @param bytesOfLook what it keeps of one look
 */
record Pilot(double secondsBeside, double secondsOfStep, double bytesBeside, double bytesOfLook) {
    /** Where no step can be timed: what a processor manages with large networks. */
    private static final double USUAL_SECONDS_PER_MULTIPLICATION = 1e-10;
    /** Where no run can be made: what tests take. */
    private static final double USUAL_STEPS_BESIDE = 30;
    /** Where no run can be made: single precision of an output on each test and what layers give back of it. */
    private static final int USUAL_BYTES_PER_PIXEL = 8;

    /** What is believed of a shape before anything is measured. */
    static Pilot unknown(Run run) {
        double step = USUAL_SECONDS_PER_MULTIPLICATION * StudyRunner.costOfStep(run);
        double look = Float.BYTES * pixels(run);
        return new Pilot(
                USUAL_STEPS_BESIDE * step,
                step,
                USUAL_BYTES_PER_PIXEL * pixels(run) * run.task().tests().size(),
                look);
    }

    /** What this one says of another shape: times grow with multiplications, bytes with pixels. */
    Pilot scaled(Run from, Run to) {
        double cost = StudyRunner.costOfStep(to) / StudyRunner.costOfStep(from);
        double size = pixels(to) / pixels(from);
        return new Pilot(secondsBeside * cost, secondsOfStep * cost, bytesBeside * size, bytesOfLook * size);
    }

    /** What lies between this one and another, of the same shape. */
    Pilot towards(Pilot other, double part) {
        return withTimes(
                secondsBeside + part * (other.secondsBeside - secondsBeside),
                secondsOfStep + part * (other.secondsOfStep - secondsOfStep));
    }

    Pilot withTimes(double beside, double step) {
        return new Pilot(beside, step, bytesBeside, bytesOfLook);
    }

    Pilot withBytes(double beside, double look) {
        return new Pilot(secondsBeside, secondsOfStep, beside, look);
    }

    private static double pixels(Run run) {
        return run.task().inputs().length() / (double) run.task().inputs().size(0);
    }

    /** What a network with all of its steps takes. */
    double seconds(Run run) {
        return secondsBeside + secondsOfStep * run.stop().mostSteps();
    }

    /** What the store keeps of a network with all of its steps. */
    long bytes(Run run) {
        return Math.round(
                bytesBeside + bytesOfLook * StudyRunner.looks(run.stop().mostSteps()));
    }
}
