package dev.wane.lab.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.util.List;
import java.util.Locale;

/** Colours for light and dark pages; the series colours are told apart by every common kind of colour blindness. */
public enum Theme {
    LIGHT(Color.WHITE, new Color(0x1a1a1a), new Color(0xd9d9d9), new Color(0x000000)),
    DARK(new Color(0x16181c), new Color(0xe8e8e8), new Color(0x3a3f47), new Color(0xffffff));

    private static final Color BLUE = new Color(0x0072b2);
    private static final Color SKY = new Color(0x56b4e9);
    private static final Color VERMILLION = new Color(0xd55e00);
    private static final Color ORANGE = new Color(0xe69f00);
    private static final Color GREEN = new Color(0x009e73);
    private static final Color PURPLE = new Color(0xcc79a7);

    private final Color background;
    private final Color ink;
    private final Color grid;
    private final Color strong;

    Theme(Color background, Color ink, Color grid, Color strong) {
        this.background = background;
        this.ink = ink;
        this.grid = grid;
        this.strong = strong;
    }

    public Color background() {
        return background;
    }

    public Color ink() {
        return ink;
    }

    public Color grid() {
        return grid;
    }

    /** The base curve. */
    public Color base() {
        return this == LIGHT ? BLUE : SKY;
    }

    /** Target curves in order. */
    public Color target(int index) {
        return List.of(VERMILLION, PURPLE, GREEN, ORANGE).get(index % 4);
    }

    /** Marked runs. */
    public Color arm(ArmKind kind) {
        return switch (kind) {
            case UNSCALED -> ORANGE;
            case PLANNED -> GREEN;
            case BEST -> strong;
        };
    }

    static Font font(int style, float size) {
        return new Font(Font.SANS_SERIF, style, 1).deriveFont(size);
    }

    static Stroke line() {
        return new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /** Ending of a file name: none for light. */
    public String suffix() {
        return this == LIGHT ? "" : "-" + name().toLowerCase(Locale.ROOT);
    }
}
