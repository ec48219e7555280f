package org.idem.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The range of an {@link Axis} in a configuration space, and how often each value is drawn. */
public sealed interface Dimension {
    /**
     * Name by which configurations print the value.
     *
     * @return a word without spaces
     */
    String name();

    /**
     * Draws a value.
     *
     * @param random source
     * @return a number of the dimension; a choice gives its index
     */
    double draw(SplittableRandom random);

    /**
     * Simpler values, simplest first.
     *
     * @param value a value of the dimension
     * @return candidates, each strictly simpler than the value
     */
    List<Double> simpler(double value);

    /**
     * Whether a value belongs to the dimension.
     *
     * @param value any number
     * @return false for NaN and everything outside
     */
    boolean contains(double value);

    /**
     * Name and values, for people.
     *
     * @return one line
     */
    String describe();

    /**
     * Whole numbers, drawn uniformly.
     *
     * @param name name
     * @param least smallest value
     * @param most largest value
     */
    record Whole(String name, int least, int most) implements Dimension {
        @Override
        public String describe() {
            return least == most ? name + " always " + least : name + " from " + least + " to " + most;
        }

        @Override
        public double draw(SplittableRandom random) {
            return random.nextInt(least, most + 1);
        }

        @Override
        public List<Double> simpler(double value) {
            List<Double> values = new ArrayList<>();
            for (int distance = (int) value - least; distance > 0; distance /= 2) {
                values.add(value - distance);
            }
            return values;
        }

        @Override
        public boolean contains(double value) {
            return value >= least && value <= most && value == Math.rint(value);
        }
    }

    /**
     * Whole numbers of which as many are drawn from 1 to 10 as from 10 to 100: small ones, of which users have many and
     * which cost little, do not make large ones impossible.
     *
     * @param name name
     * @param least smallest value, at least 1
     * @param most largest value
     * @param step distance of neighbouring values, at least 1; 2 for odd or even numbers
     */
    record Logarithmic(String name, int least, int most, int step) implements Dimension {
        /** Checks the range. */
        public Logarithmic {
            if (least < 1 || most < least || step < 1 || (most - least) % step != 0) {
                throw new IllegalArgumentException("a logarithmic dimension needs 1 ≤ least ≤ most, apart by a multiple"
                        + " of its step, got " + least + ", " + most + " and " + step);
            }
        }

        @Override
        public String describe() {
            return least == most
                    ? name + " always " + least
                    : name + " from " + least + " to " + most + (step == 1 ? "" : " in steps of " + step)
                            + ", logarithmically";
        }

        /** The value v stands for all real numbers from v to v + step. */
        @Override
        public double draw(SplittableRandom random) {
            double decades = StrictMath.log((most + (double) step) / least);
            double real = least * StrictMath.exp(random.nextDouble() * decades);
            return Math.min(most, least + step * (int) ((real - least) / step));
        }

        @Override
        public List<Double> simpler(double value) {
            List<Double> values = new ArrayList<>();
            for (int distance = ((int) value - least) / step; distance > 0; distance /= 2) {
                values.add(value - (double) distance * step);
            }
            return values;
        }

        @Override
        public boolean contains(double value) {
            return value >= least && value <= most && (value - least) % step == 0;
        }
    }

    /**
     * Real numbers, drawn uniformly on a grid of 2⁻⁸ so that they print exactly.
     *
     * @param name name
     * @param least smallest value, a multiple of 2⁻⁸
     * @param most largest value, a multiple of 2⁻⁸
     */
    record Real(String name, double least, double most) implements Dimension {
        /** Distance of neighbouring values. */
        public static final double GRID = 0x1p-8;

        @Override
        public String describe() {
            return name + " between " + least + " and " + most;
        }

        @Override
        public double draw(SplittableRandom random) {
            return GRID * random.nextInt((int) (least / GRID), (int) (most / GRID) + 1);
        }

        @Override
        public List<Double> simpler(double value) {
            List<Double> values = new ArrayList<>();
            for (double unit = 1; unit > GRID; unit /= 2) {
                double below = Math.floor(value / unit) * unit;
                if (below == value) {
                    break;
                }
                for (double coarse : new double[] {below, below + unit}) {
                    if (contains(coarse)) {
                        values.add(coarse);
                    }
                }
            }
            return values;
        }

        @Override
        public boolean contains(double value) {
            return value >= least && value <= most;
        }
    }

    /**
     * One of several words, the simpler the earlier.
     *
     * @param name name
     * @param options words without spaces
     * @param weights how often each is drawn, relative to the others; as many as options, each at least 1
     * @param assumed whether a line may leave the dimension out; it then means the first word
     */
    record Choice(String name, List<String> options, List<Integer> weights, boolean assumed) implements Dimension {
        /** Checks the weights. */
        public Choice {
            options = List.copyOf(options);
            weights = List.copyOf(weights);
            if (options.isEmpty()
                    || weights.size() != options.size()
                    || weights.stream().anyMatch(weight -> weight < 1)) {
                throw new IllegalArgumentException("a choice needs a weight of at least 1 for each of its words, got "
                        + options + " and " + weights);
            }
        }

        /**
         * Words that are drawn equally often.
         *
         * @param name name
         * @param options words without spaces
         */
        public Choice(String name, List<String> options) {
            this(name, options, Collections.nCopies(options.size(), 1), false);
        }

        /**
         * The same words, drawn more or less often.
         *
         * @param often as many numbers as options, each at least 1
         * @return a copy
         */
        public Choice weighted(Integer... often) {
            return new Choice(name, options, List.of(often), assumed);
        }

        /**
         * The same words, of which the first is meant where a line leaves the dimension out.
         *
         * @return a copy
         */
        public Choice orFirst() {
            return new Choice(name, options, weights, true);
        }

        @Override
        public String describe() {
            return name + " " + String.join(" or ", options);
        }

        @Override
        public double draw(SplittableRandom random) {
            int all = 0;
            for (int weight : weights) {
                all += weight;
            }
            int left = random.nextInt(all);
            int index = 0;
            while (left >= weights.get(index)) {
                left -= weights.get(index++);
            }
            return index;
        }

        @Override
        public List<Double> simpler(double value) {
            return IntStream.range(0, (int) value)
                    .mapToObj(index -> (double) index)
                    .toList();
        }

        @Override
        public boolean contains(double value) {
            return value >= 0 && value < options.size() && value == Math.rint(value);
        }
    }
}
