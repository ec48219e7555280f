package org.idem.laboratory.plan;

import org.idem.image.Image;

/**
 * An image on which trained networks are tested, with raw pixels.
 *
 * @param group its kind
 * @param image name and pixels
 */
public record TestImage(Group group, Image image) {}
