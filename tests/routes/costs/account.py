"""How often each page of signing in and of what an account is secured by asks the database."""

COSTS = {
    "account_confirm_login_code": 0,
    "account_login": 0,
    "account_password_login": 0,
    "account_reset_password": 0,
    "account_signup": 0,
    "mfa_activate_totp": 9,
    "mfa_add_webauthn": 9,
    "mfa_view_recovery_codes": 9,
}
