/**
 * Theorems about one-layer networks, FCN and CNN alike: trajectories, limits, full rank, missing rank.
 *
 * <p>They share one scenario, {@link org.idem.theorem.onelayer.Setting}, drawn by
 * {@link org.idem.theorem.onelayer.SettingSpace}, and differ in what they claim of it. False variants claim the same of
 * a mistaken setting: {@link org.idem.theorem.onelayer.Mistakes}. Start with
 * {@link org.idem.theorem.onelayer.TrajectoryTheorem}.
 */
package org.idem.theorem.onelayer;
