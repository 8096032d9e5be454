package dev.wane.formats.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PickleTest {
    private static final Path FILE = Path.of("m.pt");

    /** Whole opcodes, so that most sequences get far: values, containers, memo, calls. */
    private static final List<String> WORDS = List.of(
            "(",
            "0",
            "N",
            "\u0088",
            "K\u0002",
            "M\u0002\u0001",
            "J\u0001\u0000\u0000\u0000",
            "\u008a\u0001\u0007",
            "X\u0001\u0000\u0000\u0000a",
            "\u008c\u0002bc",
            "}",
            "]",
            ")",
            "\u0085",
            "\u0086",
            "\u0087",
            "t",
            "l",
            "d",
            "q\u0000",
            "q\u0001",
            "\u0094",
            "h\u0000",
            "h\u0001",
            "s",
            "u",
            "a",
            "e",
            "b",
            "R",
            "Q",
            "\u0081",
            "\u0093",
            "ctorch\nSize\n",
            "ccollections\nOrderedDict\n",
            "ctorch._utils\n_rebuild_tensor_v2\n",
            "ctorch._utils\n_rebuild_parameter\n",
            "cargparse\nNamespace\n",
            "ctorch._tensor\n_rebuild_from_type_v2\n",
            "\u008f",
            "\u0090",
            "2",
            "1");

    @Test
    void mapsListsAndNumbersAreFollowed() {
        assertThat(read("}(X\u0001\u0000\u0000\u0000aK\u0002X\u0001\u0000\u0000\u0000b](K\u0001N\u0088eu."))
                .isEqualTo(Map.of("a", 2L, "b", Arrays.asList(1L, null, true)));
    }

    @Test
    void whatContainsItselfIsRefused() {
        refused(() -> read("]q\u0000h\u0000a."), "contains itself");
        refused(() -> read("]q\u0000]h\u0000aa."), "contains itself");
        refused(() -> read("}q\u0000K\u0001h\u0000s."), "contains itself");
    }

    /** 2^60 references in 200 bytes. */
    @Test
    @Timeout(20)
    void whatUnfoldsToMoreThanAFileHoldsIsRefused() {
        refused(() -> read("]" + "q\u0000](h\u0000h\u0000e".repeat(60) + "."), "too large");
    }

    @Test
    void aKeyIsATextOrANumber() {
        refused(() -> read("}]]aK\u0001s."), "has a key that is neither text nor number");
    }

    /** As timm, DeepSpeed and Lightning write them: a Namespace, a set, a scaler, settings of OmegaConf. */
    @Test
    void whatStandsBesideTheWeightsIsLeftOut() {
        String namespace = "cargparse\nNamespace\n)\u0081}X\u0001\u0000\u0000\u0000aK\u0001sb";
        String set = "c__builtin__\nset\n](K\u0001e\u0085R";
        String scaler =
                "cdeepspeed.runtime.fp16.loss_scaler\nDynamicLossScaler\n)\u0081}X\u0001\u0000\u0000\u0000aK\u0001sb";
        String settings = "comegaconf.dictconfig\nDictConfig\n)\u0081}X\u0001\u0000\u0000\u0000aK\u0001sb";
        String attributes =
                "cpytorch_lightning.utilities.parsing\nAttributeDict\n)\u0081X\u0002\u0000\u0000\u0000lrK\u0001s";
        for (String beside : List.of(namespace, set, scaler, settings)) {
            assertThat(read("}(X\u0001\u0000\u0000\u0000a" + beside + "X\u0001\u0000\u0000\u0000bK\u0002u.")
                            .toString())
                    .contains("b=2");
        }
        assertThat(read(attributes + ".")).isEqualTo(Map.of("lr", 1L));
        refused(() -> read("cposix\nsystem\n(X\u0001\u0000\u0000\u0000atR."), "names posix.system");
        refused(() -> read("cbuiltins\neval\n(X\u0001\u0000\u0000\u0000atR."), "names builtins.eval");
    }

    @Test
    void anEmptyStackIsAProblem() {
        for (String bytes : List.of(".", "0.", "q\u0000.", "a.", "N(K\u0001e.", "R.", "t.", "s.", "\u0087.")) {
            assertThatThrownBy(() -> read(bytes)).as(bytes).isInstanceOf(InputException.class);
        }
    }

    @Test
    @Timeout(60)
    void anySequenceOfOpcodesEndsInAnObjectOrAProblem() {
        SplittableRandom random = new SplittableRandom(11);
        int objects = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder bytes = new StringBuilder();
            for (int word = random.nextInt(30); word >= 0; word--) {
                bytes.append(WORDS.get(random.nextInt(WORDS.size())));
            }
            try {
                assertThat(String.valueOf(read(bytes + "."))).isNotNull();
                objects++;
            } catch (InputException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
        assertThat(objects).isGreaterThan(1000);
    }

    private static void refused(ThrowingCallable reading, String why) {
        assertThatThrownBy(reading).isInstanceOf(InputException.class).hasMessageContaining(why);
    }

    private static Object read(String bytes) {
        return Pickle.read(FILE, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
