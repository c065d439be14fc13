/* Private to the room: check digits. s has the shape of the scheme (ident.c). */
#ifndef MN_TEXT_IDENT_CHECK_H
#define MN_TEXT_IDENT_CHECK_H

#include <stdbool.h>

bool mn_check_lei(const char *s);
bool mn_check_osid(const char *s);
bool mn_check_uscc(const char *s);
bool mn_check_cnpj(const char *s);
bool mn_check_cpf(const char *s);
bool mn_check_siren(const char *s);
bool mn_check_siret(const char *s);
bool mn_check_fr_vat(const char *s);
bool mn_check_gb_vat(const char *s);
bool mn_check_be_vat(const char *s);
bool mn_check_de_vat(const char *s);
bool mn_check_es_nif(const char *s);
bool mn_check_es_dni(const char *s);
bool mn_check_it_vat(const char *s);
bool mn_check_it_cf(const char *s);
bool mn_check_nl_vat(const char *s);
bool mn_check_pl_nip(const char *s);
bool mn_check_pt_nif(const char *s);
bool mn_check_gstin(const char *s);
bool mn_check_inn10(const char *s);
bool mn_check_inn12(const char *s);
bool mn_check_ogrn(const char *s);
bool mn_check_ogrnip(const char *s);

#endif
