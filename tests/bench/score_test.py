"""Pairs of output and gold whose scores are known by hand."""

import json
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import score_mentions as mentions
import score_text as text


class Words(unittest.TestCase):
    def of(self, gold, output, either=""):
        return text.page_figures(text.compare(gold, output, either, text.words))

    def test_case_does_not_matter_and_each_word_counts_as_often_as_it_stands_there(self):
        self.assertEqual(self.of("One two two", "one TWO"), (0.8, 1.0, 2 / 3))

    def test_what_may_be_either_costs_nothing(self):
        self.assertEqual(self.of("a b", "a b c", "c"), (1.0, 1.0, 1.0))
        self.assertEqual(self.of("a b", "a b c c", "c"), (0.8, 2 / 3, 1.0))

    def test_nothing_is_right_where_nothing_is_due(self):
        self.assertEqual(self.of("", ""), (1.0, 1.0, 1.0))
        self.assertEqual(self.of("a", ""), (0.0, 0.0, 0.0))
        self.assertEqual(self.of("", "a"), (0.0, 0.0, 0.0))

    def test_many_pages_are_the_mean_of_each(self):
        f1, precision, recall = text.mean_of_pages([(2, 0, 2), (1, 1, 0)])
        self.assertAlmostEqual(f1, 2 / 3)
        self.assertEqual((precision, recall), (0.75, 0.75))


class Shingles(unittest.TestCase):
    def of(self, gold, output, either=""):
        return text.compare(gold, output, either, text.shingles)

    def test_runs_overlap_and_keep_their_case(self):
        self.assertEqual(self.of("a b c d e", "a b c d"), (1, 0, 1))
        self.assertEqual(self.of("a b c d", "A b c d"), (0, 1, 1))

    def test_a_text_of_fewer_words_is_one_run(self):
        self.assertEqual(self.of("a b", "a b"), (1, 0, 0))
        self.assertEqual(self.of("", "a"), (0, 1, 0))

    def test_a_page_without_output_has_no_precision_but_costs_recall(self):
        f1, precision, recall = text.f1_of_means([(3, 1, 1), (0, 0, 4)])
        self.assertEqual((precision, recall), (0.75, 0.375))
        self.assertEqual(f1, 0.5)


class Folders(unittest.TestCase):
    def setUp(self):
        self.room = tempfile.TemporaryDirectory()
        self.addCleanup(self.room.cleanup)

    def put(self, name, content):
        path = os.path.join(self.room.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(content)
        return os.path.realpath(path)

    def test_only_pages_with_gold_count_and_a_page_without_output_failed(self):
        page, gone = self.put("x/a.html", "?"), self.put("y/b.txt", "?")
        self.put("x/a.gold.txt", "one two")
        self.put("y/b.gold.txt", "three")
        self.put("y/c.txt", "no gold")
        self.put("x/a.meta.json", '{"title": "The  Title", "date": "2020-01-02"}')
        record = {"path": page, "text": "one two", "title": "the title", "date": {"value": "2020-01"}}
        output = self.put("out", "no record\n" + json.dumps(record) + "\n")
        result = text.score(self.room.name, text.outputs_of(output), True)
        self.assertEqual((result["pages"], result["failed"]), (2, [gone]))
        self.assertEqual(result["words"]["f1"], 0.5)
        self.assertEqual(result["words"]["folders"], {"x": (1.0, 1), "y": (0.0, 1)})
        self.assertEqual(result["words"]["worst"][0], (0.0, gone))
        self.assertEqual(result["facts"]["title"]["f1"], 1.0)
        self.assertEqual((result["facts"]["date"]["right"], result["facts"]["date"]["wrong"]), (0, 1))

    def test_the_error_is_that_of_drawing_pages(self):
        self.assertEqual(text.error_of(text.mean_of_pages, [(1, 0, 0)] * 9), 0.0)
        half = [(1, 0, 0), (0, 1, 1)] * 50
        self.assertAlmostEqual(text.error_of(text.mean_of_pages, half), 0.05, delta=0.01)


def mention(kind, text, start, **more):
    return {"doc": "d", "type": kind, "start": start, "end": start + len(text.encode()), "text": text, **more}


class Mentions(unittest.TestCase):
    titles = mentions.title_words()

    def of(self, measure, gold, found):
        cut = [[mentions.cut(m, self.titles) for m in side] for side in (gold, found)]
        return mentions.COUNTS[measure](gold[0]["type"], *cut)

    def core(self, kind, text):
        return text[slice(*mentions.core(kind, text, self.titles))]

    def test_what_stands_before_and_behind_a_name_is_taken_off(self):
        self.assertEqual(self.core("person", "the Deputy Foreign Minister, Dr.Ana Kurz\u2019s"), "Ana Kurz")
        self.assertEqual(self.core("person", "President"), "President")
        self.assertEqual(self.core("org", "the United Nations."), "United Nations")
        self.assertEqual(self.core("date", "between early May 2014"), "May 2014")

    def test_folding(self):
        self.assertEqual(mentions.folded("The U.S. \u0110ukanovi\u0107\u2019s  Office"), "us dukanovic office")

    def test_dates_of_no_definite_time(self):
        for text, indefinite in (("last century", True), ("winter 2014", False), ("on Monday", False), ("May", False)):
            self.assertEqual(mentions.is_indefinite(mention("date", text, 0)), indefinite, text)

    def test_strict_wants_the_bytes_and_overlap_one_of_them(self):
        gold = [mention("org", "Court of Audit", 10)]
        found = [mention("org", "Court", 10)]
        self.assertEqual(self.of("strict", gold, found), (0, 1, 1))
        self.assertEqual(self.of("overlap", gold, found), (1, 0, 0))

    def test_overlap_is_one_to_one_and_a_second_piece_costs_nothing(self):
        gold = [mention("org", "Court of Audit", 10)]
        found = [mention("org", "Court", 10), mention("org", "Audit", 19)]
        self.assertEqual(self.of("overlap", gold, found), (1, 0, 0))

    def test_another_span_is_as_right_and_found_twice_costs_nothing(self):
        gold = [mention("org", "Court", 10, alt=[[10, 24]], alt_text=["Court of Audit"])]
        found = [mention("org", "Court", 10), mention("org", "Court of Audit", 10)]
        self.assertEqual(self.of("strict", gold, found), (1, 0, 0))
        self.assertEqual(self.of("set", gold, found), (1, 0, 0))

    def test_what_is_optional_costs_nothing(self):
        gold = [mention("org", "Court", 10), mention("org", "Press", 30, opt=True)]
        self.assertEqual(self.of("strict", gold, [mention("org", "Press", 30)]), (0, 0, 1))
        self.assertEqual(self.of("set", gold, [mention("org", "Press", 30)]), (0, 0, 1))
        self.assertEqual(self.of("strict", gold, [mention("org", "Bank", 50)]), (0, 1, 1))

    def test_spans_are_bytes(self):
        gold = [mention("person", "the \u0110or\u0111e", 0)]
        self.assertEqual(mentions.cut(gold[0], self.titles)["spans"], [(4, 11)])

    def test_countries_and_dates_by_value(self):
        gold = [mention("country", "Serbia", 0, norm="RS"), mention("country", "Serbian", 20, norm="RS")]
        self.assertEqual(self.of("set", gold, [mention("country", "Serb", 40, norm="RS")]), (1, 0, 0))
        gold = [mention("date", "2014", 0, norm="2014"), mention("date", "Monday", 9)]
        found = [mention("date", "Monday", 9, norm="2014-02-03"), mention("date", "May", 30, norm="2014-05")]
        self.assertEqual(self.of("norm", gold, found), (0, 1, 1))

    def test_records_of_extract_are_read(self):
        record = {"path": "/x/d.txt", "mentions": [
            {"type": "date", "raw": [3, 9], "surface": "6 June", "key": "--06-06"},
            {"type": "person", "raw": [11, 15], "surface": "Kurz", "key": "kurz"}]}
        self.assertEqual([m["norm"] for m in mentions.mentions_of(record)], ["XXXX-06-06", None])
        self.assertEqual(next(mentions.mentions_of(record))["doc"], "d")

    def test_all_texts_are_summed_before_the_ratio(self):
        f = mentions.figures([(3, 1, 0), (0, 0, 3)])
        self.assertEqual((f["precision"], f["recall"]), (0.75, 0.5))
        self.assertAlmostEqual(f["f1"], 0.6)


if __name__ == "__main__":
    unittest.main()
