use super::*;

#[test]
fn spelling_variants_fold_to_one() {
    for variant in ["Müller", "MULLER", "Mu\u{308}ller", "ｍｕｌｌｅｒ"] {
        assert_eq!(fold(variant), "muller");
    }
    assert_eq!(fold("Łukasz Weiß Sørensen"), "lukasz weiss sorensen");
    assert_eq!(fold("İstanbul"), "istanbul");
    assert_eq!(fold("王伟"), "王伟");
}

#[test]
fn names_split_at_hyphens_and_apostrophes() {
    assert_eq!(words("Jean-Luc d’Aubigné O'Connor"), ["jean", "luc", "d", "aubigne", "o", "connor"]);
    assert!(words(" - ' ").is_empty());
}

#[test]
fn a_typed_date_or_number_stays_whole() {
    assert_eq!(query_tokens(" Núñez,  02.06.1979 "), ["nunez", "02.06.1979"]);
    assert_eq!(query_tokens("1979-06-02 o'connor"), ["1979-06-02", "o", "connor"]);
    assert_eq!(query_tokens("MRN-0001"), ["mrn", "0001"]);
    assert!(query_tokens("  ").is_empty());
}
