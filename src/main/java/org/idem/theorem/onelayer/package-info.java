/**
 * Theorems about one-layer networks, FCN and CNN alike: trajectories, limits, laws, means and bounds of their errors.
 *
 * <p>They share one scenario, {@link org.idem.theorem.onelayer.Setting}, drawn by
 * {@link org.idem.theorem.onelayer.SettingSpace}, and differ in what they claim of it. Most false variants make the
 * same claim for a mistaken setting: {@link org.idem.theorem.onelayer.Mistakes}. Start with
 * {@link org.idem.theorem.onelayer.TrajectoryTheorem}.
 */
package org.idem.theorem.onelayer;
